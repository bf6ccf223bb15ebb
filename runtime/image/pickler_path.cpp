// Why something could not be pickled is half of an answer; by which way it was reached is the other. The jobs
// that are still to be done are that way.
#include <string>

#include "runtime/image/pickler.h"
#include "runtime/protocols/attribute.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

constexpr u64 kMostParts = 12;  // of a long way the end is shown

std::string key_text(Value key) {
  if (auto* s = as<Str>(key)) return "'" + utf8_of(s) + "'";
  if (key.is_int()) return std::to_string(key.as_int());
  return "...";
}

std::string index_text(const Job& job) {
  return "[" + std::to_string(job.b.as_int() - 1) + "]";
}

// The item of a state that is being written: for frames, the function it belongs to.
std::string state_text(Runtime& rt, const Job& job) {
  if (!job.c.is_object()) return "";
  std::string text = std::string(type_name(rt, job.c)) + " state" + index_text(job);
  bool frames = is_kind(job.c, Kind::Tasklet) || is_kind(job.c, Kind::Generator);
  const Tuple& state = *to<Tuple>(job.a);
  for (i64 i = job.b.as_int() - 1; frames && i >= 0 && i < static_cast<i64>(state.size); --i) {
    auto* function = as<Function>(state.items[i]);
    if (function)
      return std::string(type_name(rt, job.c)) + " frame of " + utf8_of(function->qualname) + "()";
  }
  return text;
}

std::string part_of(Runtime& rt, const Job& job) {
  switch (static_cast<JobKind>(job.kind.as_int())) {
    case JobKind::kListItems:
    case JobKind::kTupleItems:
      return type_name(rt, job.a) + index_text(job);
    case JobKind::kSetItems:
      return std::string(type_name(rt, job.a)) + " item";
    case JobKind::kDictItems: {
      auto& dict = *to<Dict>(job.a);
      u64 entry = static_cast<u64>(job.b.as_int()) - 1;
      return std::string(type_name(rt, job.a)) + "[" +
             (entry < dict.filled ? key_text(dict.key_at(entry)) : "...") + "]";
    }
    case JobKind::kQuietItems:
      return state_text(rt, job);
    default:
      return "";
  }
}

bool says_cannot_pickle(const Exception& e) {
  Str* text = e.args->size ? as<Str>(e.args->items[0]) : nullptr;
  return text && utf8_of(text).starts_with("cannot pickle");
}

}  // namespace

void tell_path(Runtime& rt, Pickler& p, u64 base) {
  auto* e = as<Exception>(rt.thread.raised);
  if (!e || !says_cannot_pickle(*e) || !own_attribute(rt, e, rt.names.notes).is_unbound()) return;
  std::vector<std::string> parts;
  for (u64 i = base; i < p.job_count; ++i) {
    std::string part = part_of(rt, reinterpret_cast<const Job*>(p.jobs->items)[i]);
    if (!part.empty()) parts.push_back(part);
  }
  if (parts.empty()) return;
  std::string text = "reached by ";
  size_t first = parts.size() > kMostParts ? parts.size() - kMostParts : 0;
  if (first) text += "... ";
  for (size_t i = first; i < parts.size(); ++i) text += (i > first ? ", " : "") + parts[i];
  List* notes = new_list(rt);
  list_append(rt, *notes, Value::from(new_str(rt, text)));
  set_own_attribute(rt, e, rt.names.notes, Value::from(notes));
}

}  // namespace lisle::rt
