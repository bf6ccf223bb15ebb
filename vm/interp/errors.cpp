// See errors.h.
#include "vm/interp/errors.h"

#include "runtime/support/text.h"
#include "runtime/types/exception.h"

namespace lisle::interp {

namespace {

Result unbound_variable(Runtime& rt, Value name) {
  rt::TextBuffer scratch;
  std::string_view text = rt::str_utf8(rt::to<rt::Str>(name), scratch);
  return rt::raise(rt, TypeId::UnboundLocalError,
                   "cannot access local variable '%.*s' where it is not associated with a value",
                   static_cast<int>(text.size()), text.data());
}

}  // namespace

Result unbound_local(Runtime& rt, Frame* f, u32 local) {
  return unbound_variable(rt, function_of(f)->code->locals->items[local]);
}

Result unbound_cell(Runtime& rt, Frame* f, u32 cell) {
  return unbound_variable(rt, function_of(f)->code->cell_names->items[cell]);
}

Result unbound_free(Runtime& rt, Frame* f, u32 free) {
  rt::TextBuffer scratch;
  std::string_view text =
      rt::str_utf8(rt::to<rt::Str>(function_of(f)->code->free_names->items[free]), scratch);
  return rt::raise(
      rt, TypeId::NameError,
      "cannot access free variable '%.*s' where it is not associated with a value in enclosing scope",
      static_cast<int>(text.size()), text.data());
}

Result undefined_name(Runtime& rt, rt::Str* name) {
  rt::TextBuffer scratch;
  std::string_view text = rt::str_utf8(name, scratch);
  Result raised = rt::raise(rt, TypeId::NameError, "name '%.*s' is not defined",
                            static_cast<int>(text.size()), text.data());
  auto* e = rt::to<rt::Exception>(rt.thread.raised);
  e->extra[0] = Value::from(name);
  return raised;
}

}  // namespace lisle::interp
