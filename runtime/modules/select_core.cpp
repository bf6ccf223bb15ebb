// The module _select: waiting for several descriptors, for stdlib/select.py.
#include <poll.h>

#include <string>

#include "runtime/host.h"
#include "runtime/modules/arguments.h"
#include "runtime/tasks/readiness.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// The rows for a list of (descriptor, events).
Result rows_of_list(Runtime& rt, Value v) {
  const List* list = as<List>(v);
  if (list == nullptr) return raise(rt, TypeId::TypeError, "a list of descriptors is required");
  std::string rows;
  for (u64 i = 0; i < list->size; ++i) {
    const Tuple* pair = as<Tuple>(list->items->items[i]);
    if (pair == nullptr || pair->size != 2) return raise(rt, TypeId::TypeError, "a pair is required");
    int fd, wanted;
    TRY(int_argument(rt, pair->items[0], -1, fd));
    TRY(int_argument(rt, pair->items[1], 0, wanted));
    FileInterest row{fd, static_cast<short>(wanted), 0};
    rows.append(reinterpret_cast<char*>(&row), sizeof row);
  }
  return Value::from(new_bytes(rt, rows));
}

// The rows that are ready as a list of (descriptor, events).
Value ready_rows(Runtime& rt, Value interests) {
  auto* rows = reinterpret_cast<const FileInterest*>(to<Bytes>(interests)->data);
  List* list = new_list(rt);
  for (u64 i = 0; i < to<Bytes>(interests)->length / sizeof(FileInterest); ++i) {
    if (rows[i].found == 0) continue;
    Value pair[] = {Value::from_int(rows[i].fd), Value::from_int(rows[i].found & 0xFFFF)};
    list_append(rt, *list, Value::from(new_tuple_from(rt, pair, 2)));
  }
  return Value::from(list);
}

// Registers: list of (descriptor, events), timeout, rows, deadline.
Result select_wait(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = TRY(rows_of_list(rt, f[0]));
      f[3] = TRY(deadline_of(rt, f[1]));
      AWAIT(1, wait_for_files(rt, f, f[2], f[3]));
      return ready_rows(rt, f[2]);
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"wait", select_wait, "(interests, timeout, /)", nullptr, 4},
};

struct Constant {
  const char* name;
  i64 value;
};
constexpr Constant kConstants[] = {
    {"POLLIN", POLLIN},         {"POLLPRI", POLLPRI},       {"POLLOUT", POLLOUT},
    {"POLLERR", POLLERR},       {"POLLHUP", POLLHUP},       {"POLLNVAL", POLLNVAL},
    {"POLLRDNORM", POLLRDNORM}, {"POLLRDBAND", POLLRDBAND}, {"POLLWRNORM", POLLWRNORM},
    {"POLLWRBAND", POLLWRBAND}, {"POLLMSG", 0x400},         {"POLLRDHUP", 0x2000},
};

void set_up(Runtime& rt, Module& module) {
  for (const Constant& c : kConstants) module_set(rt, module, c.name, Value::from_int(c.value));
}

}  // namespace

extern const ModuleSpec kSelectModule;
const ModuleSpec kSelectModule = {"_select", "Waiting for descriptors.", kFunctions, set_up};

}  // namespace lisle::rt
