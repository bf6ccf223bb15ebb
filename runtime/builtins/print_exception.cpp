// Exceptions that nobody caught, as text: chains of causes and contexts, messages, notes and groups. The
// messages come from the program's __str__ methods, so this is a step machine that calls itself for the
// parts.
#include "runtime/builtins/print_exception.h"

#include "runtime/modules/record.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr i64 kMaxGroupDepth = 10;
constexpr u64 kMaxGroupWidth = 15;

constexpr const char* kCauseText = "The above exception was the direct cause of the following exception:";
constexpr const char* kContextText = "During handling of the above exception, another exception occurred:";

bool is_group(const Runtime& rt, Value v) {
  return is_instance(rt, v, rt.type(TypeId::BaseExceptionGroup));
}

// Is `v`, inside of so many groups, a group that is not shown any more?
bool is_cut(const Runtime& rt, Value v, i64 depth) {
  return depth > kMaxGroupDepth && is_group(rt, v);
}

// What each line inside groups starts with.
std::string margin_of(i64 depth) {
  return depth > 0 ? std::string(static_cast<size_t>(2 * depth), ' ') + "| " : std::string();
}

bool was_seen(const List& seen, Value v) {
  for (u64 i = 0; i < seen.size; ++i)
    if (seen.items->items[i] == v) return true;
  return false;
}

// The exception to show first, and how it is connected; unbound when there is none.
Value predecessor(const Exception& e, const List& seen, const char*& connection) {
  if (!e.cause.is_none()) {
    connection = kCauseText;
    return was_seen(seen, e.cause) ? Value::unbound() : e.cause;
  }
  connection = kContextText;
  bool shown = !e.context.is_none() && !e.suppress_context() && !was_seen(seen, e.context);
  return shown ? e.context : Value::unbound();
}

std::string connection_text(const char* text, const std::string& margin) {
  return margin + "\n" + margin + text + "\n" + margin + "\n";
}

std::string header_text(Runtime& rt, Value exception, i64 depth) {
  if (to<Exception>(exception)->traceback.is_none() || traceback_limit(rt) == 0) return "";
  if (!is_group(rt, exception)) return margin_of(depth) + "Traceback (most recent call last):\n";
  i64 inner = depth ? depth : 1;
  return std::string(static_cast<size_t>(2 * inner), ' ') + (depth ? "| " : "+ ") +
         "Exception Group Traceback (most recent call last):\n";
}

// Everything above the line that names the exception.
std::string upper_text(Runtime& rt, Value exception, i64 depth) {
  i64 inner = is_group(rt, exception) && depth == 0 ? 1 : depth;
  std::string margin = margin_of(inner);
  std::string out =
      header_text(rt, exception, depth) + traceback_text(rt, to<Exception>(exception)->traceback, margin);
  if (is_instance(rt, exception, rt.type(TypeId::SyntaxError)))
    out += syntax_error_text(rt, exception, margin);
  return out;
}

Value message_source(Runtime& rt, Value exception) {
  return is_instance(rt, exception, rt.type(TypeId::SyntaxError))
             ? to<Exception>(exception)->extra[kSyntaxMsg]
             : exception;
}

std::string note_lines(const std::string& note, const std::string& margin) {
  std::string out;
  for (size_t start = 0;;) {
    size_t end = note.find('\n', start);
    out += margin + note.substr(start, end == std::string::npos ? end : end - start) + "\n";
    if (end == std::string::npos) return out;
    start = end + 1;
  }
}

std::string separator(i64 depth, u64 index, const std::string& label) {
  return std::string(static_cast<size_t>(2 * depth), ' ') + (index == 0 ? "+-" : "  ") +
         "+---------------- " + label + " ----------------\n";
}

void append(Runtime& rt, Value& text, const std::string& more) {
  text = Value::from(new_str(rt, utf8_of(to<Str>(text)) + more));
}

Tuple* members_of(Value group) {
  return to<Tuple>(to<Exception>(group)->extra[kGroupExceptions]);
}

}  // namespace

Result format_exception(Runtime& rt, Frame& f, Value exception) {
  return call_internal(rt, f, Internal::FormatException,
                       {exception, Value::from(new_list(rt)), Value::from_int(0)});
}

// f: exception, exceptions seen so far, depth of groups around it, text, position, help.
Result format_exception_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const char* connection = nullptr;
  switch (f.step()) {
    case 0:
      f[3] = Value::from(rt.names.empty);
      if (!is_kind(f[0], Kind::Exception)) {
        append(rt, f[3],
               std::string("TypeError: print_exception(): Exception expected for value, ") +
                   type_name(rt, f[0]) + " found\n");
        return f[3];
      }
      list_append(rt, *to<List>(f[1]), f[0]);
      if (is_cut(rt, f[0], f[2].as_int())) {
        append(
            rt, f[3],
            margin_of(f[2].as_int()) + "... (max_group_depth is " + std::to_string(kMaxGroupDepth) + ")\n");
        return f[3];
      }
      f[5] = predecessor(*to<Exception>(f[0]), *to<List>(f[1]), connection);
      if (!f[5].is_unbound()) {
        AWAIT_CATCH(1, call_internal(rt, f, Internal::FormatException, {f[5], f[1], f[2]}));
        if (r.is_raised()) return r;
        f[3] = r.value();
        connection = to<Exception>(f[0])->cause.is_none() ? kContextText : kCauseText;
        append(rt, f[3], connection_text(connection, margin_of(f[2].as_int())));
      }
      append(rt, f[3], upper_text(rt, f[0], f[2].as_int()));
      // From here on the depth is that of the group's own box.
      f[5] = f[2];
      if (is_group(rt, f[0]) && f[2].as_int() == 0) f[2] = Value::from_int(1);
      append(rt, f[3], margin_of(f[2].as_int()) + exception_class_name(rt, f[0]));
      AWAIT_CATCH(2, to_str(rt, f, message_source(rt, f[0])));
      if (r.is_raised()) {
        take_raised(rt);
        append(rt, f[3], ": <exception str() failed>\n");
      } else {
        std::string message = utf8_of(to<Str>(r.value())) + suggestion_text(rt, f[0]);
        append(rt, f[3], (message.empty() ? "" : ": " + message) + "\n");
      }
      AWAIT_CATCH(3, get_attr_or_unbound(rt, f, f[0], rt.names.notes));
      if (r.is_raised()) {
        take_raised(rt);
        r = Value::unbound();
      }
      f[5] = r.value();
      if (is_kind(f[5], Kind::List)) {
        for (f[4] = Value::from_int(0); f[4].as_int() < static_cast<i64>(to<List>(f[5])->size);
             f[4] = Value::from_int(f[4].as_int() + 1)) {
          AWAIT_CATCH(4, to_str(rt, f, item_at(to<List>(f[5]), f[4])));
          if (r.is_raised()) take_raised(rt);
          append(rt, f[3],
                 note_lines(r.is_raised() ? "<note str() failed>" : utf8_of(to<Str>(r.value())),
                            margin_of(f[2].as_int())));
        }
      } else if (!f[5].is_unbound() && !f[5].is_none()) {
        AWAIT_CATCH(5, to_repr(rt, f, f[5]));
        if (r.is_raised()) take_raised(rt);
        append(rt, f[3],
               note_lines(r.is_raised() ? "<__notes__ repr() failed>" : utf8_of(to<Str>(r.value())),
                          margin_of(f[2].as_int())));
      }
      if (!is_group(rt, f[0])) return f[3];
      for (f[4] = Value::from_int(0); f[4].as_int() < static_cast<i64>(members_of(f[0])->size);
           f[4] = Value::from_int(f[4].as_int() + 1)) {
        if (static_cast<u64>(f[4].as_int()) == kMaxGroupWidth) {
          u64 more = members_of(f[0])->size - kMaxGroupWidth;
          append(rt, f[3], separator(f[2].as_int(), kMaxGroupWidth, "..."));
          append(rt, f[3],
                 margin_of(f[2].as_int() + 1) + "and " + std::to_string(more) + " more exception" +
                     (more > 1 ? "s" : "") + "\n");
          break;
        }
        append(rt, f[3],
               separator(f[2].as_int(), static_cast<u64>(f[4].as_int()), std::to_string(f[4].as_int() + 1)));
        AWAIT_CATCH(
            6, call_internal(rt, f, Internal::FormatException,
                             {item_at(members_of(f[0]), f[4]), f[1], Value::from_int(f[2].as_int() + 1)}));
        if (r.is_raised()) return r;
        append(rt, f[3], utf8_of(to<Str>(r.value())));
      }
      {
        // A group that ends with a group was closed by that one.
        Tuple* members = members_of(f[0]);
        Value last = members->items[members->size - 1];
        bool cut = members->size > kMaxGroupWidth || is_cut(rt, last, f[2].as_int() + 1);
        if (cut || !is_group(rt, last))
          append(rt, f[3],
                 std::string(static_cast<size_t>(2 * (f[2].as_int() + 1)), ' ') +
                     "+------------------------------------\n");
      }
      return f[3];
  }
  LISLE_UNREACHABLE();
}

Result print_exception(Runtime& rt, Frame& f, Value exception) {
  return call_internal(rt, f, Internal::PrintException, {exception});
}

// f: exception, text.
Result print_exception_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, format_exception(rt, f, f[0]));
      f[1] = r.value();
      f[0] = module_get(rt, *rt.sys, "stderr");
      if (f[0].is_unbound() || f[0].is_none()) return Result::none();
      AWAIT(2, call_method(rt, f, f[0], rt.names.write, {f[1]}));
      AWAIT(3, call_method(rt, f, f[0], rt.names.flush, {}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result print_unraisable(Runtime& rt, Frame& f, Value exception, Value object) {
  return call_internal(rt, f, Internal::Unraisable,
                       {exception, object.is_unbound() ? Value::none() : object});
}

// Asks sys.unraisablehook. f: exception, object, the hook.
Result unraisable_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = module_get(rt, *rt.sys, "unraisablehook");
      if (Value arguments = module_get(rt, *rt.sys, "UnraisableHookArgs");
          !f[2].is_unbound() && !f[2].is_none() && is_type(arguments)) {
        Value traceback = is_kind(f[0], Kind::Exception) ? to<Exception>(f[0])->traceback : Value::none();
        Value fields[] = {Value::from(type_of(rt, f[0])), f[0], traceback, Value::none(), f[1]};
        f[1] = new_record(rt, to<Type>(arguments), fields);
      } else {
        return call_internal(rt, f, Internal::PrintUnraisable, {f[0], f[1]});
      }
      AWAIT_CATCH(1, call(rt, f, f[2], {f[1]}));
      if (!r.is_raised()) return Result::none();
      f[0] = take_raised(rt);
      return call_internal(rt, f, Internal::PrintUnraisable, {f[0], f[2]});
  }
  LISLE_UNREACHABLE();
}

// What sys.unraisablehook does at first. f: exception, object, text.
Result print_unraisable_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(rt.names.empty);
      if (!f[1].is_none() && !f[1].is_unbound()) {
        AWAIT_CATCH(1, to_repr(rt, f, f[1]));
        if (r.is_raised()) take_raised(rt);
        append(rt, f[2],
               "Exception ignored in: " +
                   (r.is_raised() ? "<object repr() failed>" : utf8_of(to<Str>(r.value()))) + "\n");
      }
      if (is_kind(f[0], Kind::Exception)) {
        append(rt, f[2], upper_text(rt, f[0], 0) + exception_class_name(rt, f[0]));
        AWAIT_CATCH(2, to_str(rt, f, f[0]));
        if (r.is_raised()) take_raised(rt);
        std::string message = r.is_raised() ? "<exception str() failed>" : utf8_of(to<Str>(r.value()));
        append(rt, f[2], (message.empty() ? "" : ": " + message) + "\n");
      }
      f[0] = module_get(rt, *rt.sys, "stderr");
      if (f[0].is_unbound() || f[0].is_none()) return Result::none();
      AWAIT_CATCH(3, call_method(rt, f, f[0], rt.names.write, {f[2]}));
      if (r.is_raised()) take_raised(rt);
      AWAIT_CATCH(4, call_method(rt, f, f[0], rt.names.flush, {}));
      if (r.is_raised()) take_raised(rt);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
