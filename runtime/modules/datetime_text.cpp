// Formatting dates and times by way of the module time: strftime, time tuples; and ctime.
#include <string>

#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/instance.h"
#include "runtime/types/item_at.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// The module time, imported where the program has not done so.
Result time_module(Runtime& rt, Frame& f) {
  Str* name = intern(rt, "time");
  const Value loaded = dict_get_str(rt, *rt.modules, name);
  return is_kind(loaded, Kind::Module) ? Result(loaded)
                                       : call_internal(rt, f, Internal::ImportLoad, {Value::from(name)});
}

// The nine numbers of a time tuple.
Value time_numbers(Runtime& rt, const CivilDate& date, const ClockTime& clock, i32 daylight) {
  const Value numbers[] = {Value::from_int(date.year),
                           Value::from_int(date.month),
                           Value::from_int(date.day),
                           Value::from_int(clock.hour),
                           Value::from_int(clock.minute),
                           Value::from_int(clock.second),
                           Value::from_int(weekday_of(ordinal_of(date))),
                           Value::from_int(day_of_year(date)),
                           Value::from_int(daylight)};
  return Value::from(new_tuple_from(rt, numbers, std::size(numbers)));
}

ClockTime clock_of(Value v) {
  return is_datetime(v) ? packed_clock(v).clock() : ClockTime{};
}

// time.struct_time(numbers)
Result struct_time(Runtime& rt, Frame& f, Value module, Value numbers) {
  return call_method(rt, f, module, intern(rt, "struct_time"), {numbers});
}

// --- strftime

// Registers of date_strftime.
enum StrftimeRegister : u32 { kSelf, kFormat, kTuple, kOffset, kName, kModule };
static_assert(kModule + 1 == kStrftimeRegisters);

Value zone_or_none(Value v) {
  return is_datetime(v) || is_time(v) ? zone_of(v) : Value::none();
}

// Calls `each` with the letter of each directive, zero for a percent sign at the end, and with what stands
// between them. Both end at a zero byte.
template <class Text, class Directive>
void scan_format(const Str& format, Text&& text, Directive&& directive) {
  for (u64 i = 0; i < format.length && format.at(i) != 0; ++i) {
    if (format.at(i) != '%')
      text(format.at(i));
    else if (i + 1 == format.length || format.at(i + 1) == 0)
      text('%');
    else
      directive(format.at(++i));
  }
}

bool has_directive(const Str& format, u32 letter) {
  bool found = false;
  scan_format(
      format, [](u32) {}, [&](u32 c) { found |= c == letter; });
  return found;
}

// A name goes into the format, where a percent sign stands for itself only when it comes twice.
Result name_for_format(Runtime& rt, Frame& f, Value name) {
  const Value sign = Value::from(str_from_char(rt, '%')), twice = Value::from(new_str_ascii(rt, "%%"));
  return call_method(rt, f, name, intern(rt, "replace"), {sign, twice});
}

// UnicodeEncodeError for what a format cannot hold: half of a character.
Result require_encodable(Runtime& rt, Frame& f, Value text) {
  return to<Str>(text)->is_ascii() ? Result(text) : call_method(rt, f, text, intern(rt, "encode"), {});
}

// The format with %f, %z and %Z replaced, of which the module time knows nothing or something else.
Value own_directives_replaced(Runtime& rt, Frame& f) {
  const Value self = f[kSelf];
  TextBuffer out;
  scan_format(
      *to<Str>(f[kFormat]), [&](u32 c) { out.append(c); },
      [&](u32 letter) {
        switch (letter) {
          case 'f':
            return append_padded(out,
                                 is_date(self) && !is_datetime(self) ? 0 : packed_clock(self).microsecond, 6);
          case 'z':
            if (is_delta(f[kOffset])) append_offset(out, to<TimeDelta>(f[kOffset])->parts, "");
            return;
          case 'Z':
            if (is_str(f[kName])) append_str(out, to<Str>(f[kName]));
            return;
          default:
            out.append('%');
            out.append(letter);
        }
      });
  return Value::from(new_str_from(rt, out));
}

// A time stands for one of the first day of 1900, a year that every platform can format.
Result tuple_for_strftime(Runtime& rt, Frame& f, Value self) {
  if (!is_time(self)) return call_method(rt, f, self, intern(rt, "timetuple"), {});
  return time_numbers(rt, {1900, 1, 1}, packed_clock(self).clock(), -1);
}

}  // namespace

// See StrftimeRegister.
Result date_strftime(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_str(f[kFormat]))
        return raise(rt, TypeId::TypeError, "strftime() argument 1 must be str, not %s",
                     argument_type(rt, f[kFormat]));
      AWAIT(1, tuple_for_strftime(rt, f, f[kSelf]));
      f[kTuple] = r.value();
      f[kOffset] = f[kName] = Value::none();
      if (has_directive(*to<Str>(f[kFormat]), 'z')) {
        AWAIT(2, ask_zone(rt, f, zone_or_none(f[kSelf]), ZoneQuestion::kOffset, asking(f[kSelf])));
        f[kOffset] = r.value();
      }
      if (has_directive(*to<Str>(f[kFormat]), 'Z')) {
        AWAIT(3, ask_zone(rt, f, zone_or_none(f[kSelf]), ZoneQuestion::kName, asking(f[kSelf])));
        f[kName] = r.value();
      }
      if (!f[kName].is_none()) {
        AWAIT(5, name_for_format(rt, f, f[kName]));
        if (!is_str(r.value()))
          return raise(rt, TypeId::TypeError, "tzname.replace() did not return a string");
        f[kName] = r.value();
        AWAIT(6, require_encodable(rt, f, f[kName]));
      }
      AWAIT(7, require_encodable(rt, f, f[kFormat]));
      AWAIT(4, time_module(rt, f));
      return call_method(rt, f, r.value(), intern(rt, "strftime"),
                         {own_directives_replaced(rt, f), f[kTuple]});
  }
  LISLE_UNREACHABLE();
}

Result format_method(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "__format__() argument 1 must be str, not %s",
                 argument_type(rt, f[1]));
  if (to<Str>(f[1])->length == 0) return to_str(rt, f, f[0]);
  return call_method(rt, f, f[0], intern(rt, "strftime"), {f[1]});
}

Result date_ctime(Runtime& rt, Frame& f) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilDate date = date_of(f[0]);
  const ClockTime clock = clock_of(f[0]);
  char text[64];
  const int size =
      snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d", kDays[weekday_of(ordinal_of(date))],
               kMonths[(date.month - 1) % 12], date.day, clock.hour, clock.minute, clock.second, date.year);
  return Value::from(new_str_ascii(rt, {text, static_cast<size_t>(size)}));
}

// --- time tuples

// self; the tuple's numbers.
Result date_timetuple(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_zone(rt, f, zone_or_none(f[0]), ZoneQuestion::kDst, asking(f[0])));
      {
        const bool knows = is_delta(r.value());
        const i32 daylight = knows ? to<TimeDelta>(r.value())->parts != DeltaParts{} : -1;
        f[1] = time_numbers(rt, date_of(f[0]), clock_of(f[0]), daylight);
      }
      AWAIT(2, time_module(rt, f));
      return struct_time(rt, f, r.value(), f[1]);
  }
  LISLE_UNREACHABLE();
}

// self; the same in universal time, then its numbers.
Result datetime_utctimetuple(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_zone(rt, f, zone_of(f[0]), ZoneQuestion::kOffset, f[0]));
      f[1] = f[0];
      if (is_delta(r.value())) {
        AWAIT(2, add_to_datetime(rt, f, *to<DateTime>(f[0]), to<TimeDelta>(r.value())->parts, -1));
        f[1] = r.value();
      }
      f[1] = time_numbers(rt, date_of(f[1]), clock_of(f[1]), 0);
      AWAIT(3, time_module(rt, f));
      return struct_time(rt, f, r.value(), f[1]);
  }
  LISLE_UNREACHABLE();
}

// --- ISO 8601

Result iso_argument(Runtime& rt, Value v) {
  if (is_str(v)) return v;
  return raise(rt, TypeId::TypeError, "fromisoformat: argument must be str");
}

Result raise_bad_iso(Runtime& rt, Value text) {
  TextBuffer repr;
  append_repr(repr, to<Str>(text));
  TextBuffer utf8;
  repr.encode_utf8(utf8);
  return raise(rt, TypeId::ValueError, "Invalid isoformat string: %s", std::string(utf8.latin1()).c_str());
}

}  // namespace lisle::rt
