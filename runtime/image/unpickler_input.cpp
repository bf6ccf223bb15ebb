// Where an unpickler gets its bytes. A file is asked for exactly what the opcode in hand needs, because what
// follows the pickle belongs to somebody else; where it has peek(), it may be looked at further ahead, and
// what was used of that is read for good when more is needed or at the end.
#include <cstring>

#include "runtime/image/unpickler.h"
#include "runtime/types/bytes.h"

namespace lisle::rt {

namespace {

const Bytes& input_of(const Unpickler& u) {
  return *to<Bytes>(u.input);
}

void append_input(Runtime& rt, Unpickler& u, std::string_view more) {
  std::string_view kept = input_of(u).view().substr(u.position);
  Bytes* joined = new_bytes_blank(rt, kept.size() + more.size());
  auto* to = reinterpret_cast<char*>(joined->data);
  kept.copy(to, kept.size());
  more.copy(to + kept.size(), more.size());
  u.input = Value::from(joined);
  u.peeked_from -= u.position;
  u.position = 0;
  rt.heap.wrote(&u);
}

// What was peeked at and not used goes back to the file.
void drop_peeked(Runtime& rt, Unpickler& u) {
  std::string_view all = input_of(u).view();
  u64 end = u.peeked_from > u.position ? u.peeked_from : u.position;
  if (end == all.size()) return;
  u.input = Value::from(new_bytes(rt, all.substr(u.position, end - u.position)));
  u.position = 0;
  u.peeked_from = input_of(u).length;
  rt.heap.wrote(&u);
}

Step read_more(Runtime& rt, Unpickler& u) {
  drop_peeked(rt, u);
  u64 have = input_of(u).length - u.position;
  if (u.wanted == 0) return ask_call(u, rt, Then::kReadLine, u.readline, {});
  return ask_call(u, rt, Then::kRead, u.read, {Value::from_int(static_cast<i64>(u.wanted - have))});
}

Step want(Runtime& rt, Unpickler& u, u64 bytes) {
  u64 have = input_of(u).length - u.position;
  if (u.read.is_unbound()) {
    if (have > 0) return refuse(rt, "pickle data was truncated");
    (void)raise(rt, TypeId::EOFError, "Ran out of input");
    return Step::kRaised;
  }
  u.wanted = bytes;
  if (u.position > u.peeked_from) return settle_input(rt, u, Then::kSkipped);
  return read_more(rt, u);
}

}  // namespace

Step want_bytes(Runtime& rt, Unpickler& u, u64 bytes) {
  return want(rt, u, bytes);
}

Step want_line(Runtime& rt, Unpickler& u) {
  return want(rt, u, 0);
}

Step settle_input(Runtime& rt, Unpickler& u, Then then) {
  if (u.read.is_unbound() || u.position <= u.peeked_from) {
    u.then = then;
    return Step::kGoOn;
  }
  i64 used = static_cast<i64>(u.position - u.peeked_from);
  u.peeked_from = u.position;
  return ask_call(u, rt, then, u.read, {Value::from_int(used)});
}

Step take_input(Runtime& rt, Unpickler& u, Value answer) {
  if (u.then == Then::kSkipped) return read_more(rt, u);
  std::string_view bytes;
  if (!bytes_like(answer, bytes)) {
    const char* method = u.then == Then::kRead ? "read" : u.then == Then::kReadLine ? "readline" : "peek";
    if (u.then == Then::kPeeked) return Step::kGoOn;
    (void)raise(rt, TypeId::ValueError, "%s() returned non-bytes object (%s)", method, type_name(rt, answer));
    return Step::kRaised;
  }
  if (u.then == Then::kPeeked) {
    append_input(rt, u, bytes);
    return Step::kGoOn;
  }
  bool nothing = bytes.empty() && input_of(u).length == u.position;
  append_input(rt, u, bytes);
  u.peeked_from = input_of(u).length;
  bool enough = u.wanted ? input_of(u).length >= u.wanted : !bytes.empty() && bytes.back() == '\n';
  if (nothing) {
    (void)raise(rt, TypeId::EOFError, "Ran out of input");
    return Step::kRaised;
  }
  if (!enough) return refuse(rt, "pickle data was truncated");
  if (u.peek.is_unbound()) return Step::kGoOn;
  return ask_call(u, rt, Then::kPeeked, u.peek, {Value::from_int(static_cast<i64>(kPrefetchBytes))});
}

}  // namespace lisle::rt
