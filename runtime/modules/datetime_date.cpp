// The class date, and the named tuple that isocalendar() gives. datetime inherits most of what is here.
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/support/iso_time.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr StateForm kState{"a date", 4, 2, 1, 12};
constexpr i32 kEndOfNumbers = 4;  // self or class, year, month, day

// --- construction
// --------------------------------------------------------------------------------------------

// date(state), as pickles call it; unbound when it is no such call.
Result date_of_state(Runtime& rt, Type* type, Value state) {
  u8 bytes[kMostStateBytes];
  if (TRY(read_state(rt, state, kState, bytes)).is_unbound()) return Value::unbound();
  return new_date(rt, type, read_date(bytes));
}

Result date_of_arguments(Runtime& rt, Type* type, const Value* arguments) {
  CivilDate date;
  TRY(required_date_arguments(rt, arguments, date));
  TRY(check_date(rt, date));
  return new_date(rt, type, PackedDate::of(date));
}

Result finish_new(Runtime& rt, Frame& f) {
  return date_of_arguments(rt, to<Type>(f[0]), &f[1]);
}

Result date_new(Runtime& rt, Frame& f) {
  if (f.step() == 0) {
    TRY(require_class(rt, f[0], TypeId::Date));
    if (f[2].is_unbound() && f[3].is_unbound() && !f[1].is_unbound()) {
      const Value made = TRY(date_of_state(rt, to<Type>(f[0]), f[1]));
      if (!made.is_unbound()) return made;
    }
  }
  return with_numbers<kEndOfNumbers, 0, finish_new>(rt, f);
}

Result date_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() == 1) return date_of_state(rt, rt.type(TypeId::Date), f[0]);
  if (f.window_nargs() != 3 || !f[0].is_int() || !f[1].is_int() || !f[2].is_int()) return Value::unbound();
  return date_of_arguments(rt, rt.type(TypeId::Date), &f[0]);
}

Result finish_replace(Runtime& rt, Frame& f) {
  CivilDate date = date_of(f[0]);
  TRY(date_arguments(rt, &f[1], date));
  TRY(check_date(rt, date));
  return new_date(rt, type_of(rt, f[0]), PackedDate::of(date));
}

Result finish_fromordinal(Runtime& rt, Frame& f) {
  i32 ordinal;
  TRY(number_argument(rt, f[1], 0, ordinal));
  if (ordinal < 1) return raise(rt, TypeId::ValueError, "ordinal must be >= 1");
  return date_of_class(rt, f, f[0], civil_of(ordinal));
}

Result date_fromisoformat(Runtime& rt, Frame& f) {
  TRY(iso_argument(rt, f[1]));
  const Str* text = to<Str>(f[1]);
  CivilDate date;
  const bool fits = text->length == 7 || text->length == 8 || text->length == 10;
  if (!fits || !text->is_ascii() || !parse_iso_date(text->latin1(), date)) return raise_bad_iso(rt, f[1]);
  return date_of_class(rt, f, f[0], date);
}

Result finish_fromisocalendar(Runtime& rt, Frame& f) {
  IsoWeek week{};
  i32* const parts[] = {&week.year, &week.week, &week.weekday};
  for (u32 i = 0; i < 3; ++i) {
    const Result r = number_argument(rt, f[i + 1], 0, *parts[i]);
    if (r.is_raised() && raised_is(rt, TypeId::OverflowError)) {
      (void)take_raised(rt);
      return raise(rt, TypeId::ValueError, "ISO calendar component out of range");
    }
    TRY(r);
  }
  if (week.year < kMinYear || week.year > kMaxYear)
    return raise(rt, TypeId::ValueError, "Year is out of range: %d", week.year);
  if (!has_iso_week(week.year, week.week))
    return raise(rt, TypeId::ValueError, "Invalid week: %d", week.week);
  if (week.weekday < 1 || week.weekday > 7)
    return raise(rt, TypeId::ValueError, "Invalid day: %d (range is [1, 7])", week.weekday);
  return date_of_class(rt, f, f[0], civil_of(ordinal_of_week(week)));
}

// --- questions
// -----------------------------------------------------------------------------------------------

template <i32 CivilDate::*part>
Result get_part(Runtime&, Frame& f) {
  return Value::from_int(date_of(f[0]).*part);
}

Result date_toordinal(Runtime&, Frame& f) {
  return Value::from_int(ordinal_of(f[0]));
}
Result date_weekday(Runtime&, Frame& f) {
  return Value::from_int(weekday_of(ordinal_of(f[0])));
}
Result date_isoweekday(Runtime&, Frame& f) {
  return Value::from_int(weekday_of(ordinal_of(f[0])) + 1);
}

Value new_iso_calendar(Runtime& rt, Type* type, const Value* parts) {
  constexpr u64 kParts = 3;
  auto* tuple = new_instance_of<Tuple>(rt, type, kParts * sizeof(Value));
  tuple->size = kParts;
  for (u64 i = 0; i < kParts; ++i) tuple->items[i] = parts[i];
  return Value::from(tuple);
}

Result date_isocalendar(Runtime& rt, Frame& f) {
  const IsoWeek week = iso_week_of(date_of(f[0]));
  const Value parts[3] = {Value::from_int(week.year), Value::from_int(week.week),
                          Value::from_int(week.weekday)};
  return new_iso_calendar(rt, rt.type(TypeId::IsoCalendarDate), parts);
}

Result date_isoformat(Runtime& rt, Frame& f) {
  TextBuffer out;
  append_iso_date(out, date_of(f[0]));
  return Value::from(new_str_from(rt, out));
}

Result date_str(Runtime& rt, Frame& f) {
  return call_method(rt, f, f[0], rt.names.isoformat, {});
}

Result date_repr(Runtime& rt, Frame& f) {
  const CivilDate date = date_of(f[0]);
  TextBuffer out;
  out.append_utf8(type_name(rt, f[0]));
  out.append('(');
  out.append_int(date.year);
  for (const i32 part : {date.month, date.day}) {
    out.append_ascii(", ");
    out.append_int(part);
  }
  out.append(')');
  return Value::from(new_str_from(rt, out));
}

Result hash_method(Runtime& rt, Frame& f) {
  return new_int(rt, date_hash(rt, packed_date(f[0])));
}

Result date_reduce(Runtime& rt, Frame& f) {
  u8 state[kState.size];
  write_date(packed_date(f[0]), state);
  return reduction(rt, f[0], state, sizeof state, Value::none());
}

// --- operators
// -----------------------------------------------------------------------------------------------

template <CompareOp op>
Result date_compare(Runtime&, Frame& f) {
  if (!is_date(f[1])) return Value::not_implemented();
  return Result::boolean(comparison_holds(op, date_order(packed_date(f[0]), packed_date(f[1])), 0));
}

Result add_days(Runtime& rt, Frame& f, Value date, i64 days) {
  const i64 ordinal = ordinal_of(date) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return raise(rt, TypeId::OverflowError, "date value out of range");
  return date_of_class(rt, f, Value::from(type_of(rt, date)), civil_of(ordinal));
}

Result date_add(Runtime& rt, Frame& f) {
  if (is_datetime(f[0]) || is_datetime(f[1]) || !is_delta(f[1])) return Value::not_implemented();
  return add_days(rt, f, f[0], to<TimeDelta>(f[1])->parts.days);
}

Result subtract(Runtime& rt, Frame& f, Value left, Value right) {
  if (is_datetime(left) || is_datetime(right) || !is_date(left)) return Value::not_implemented();
  if (is_date(right)) return make_delta(rt, ordinal_of(left) - ordinal_of(right), 0, 0);
  if (!is_delta(right)) return Value::not_implemented();
  return add_days(rt, f, left, -i64{to<TimeDelta>(right)->parts.days});
}
Result date_sub(Runtime& rt, Frame& f) {
  return subtract(rt, f, f[0], f[1]);
}
Result date_rsub(Runtime& rt, Frame& f) {
  return subtract(rt, f, f[1], f[0]);
}

constexpr const char* kBinary = "(self, value, /)";
constexpr u32 kNumberRegisters = kEndOfNumbers + 1;

constexpr NativeSpec kMethods[] = {
    {"__new__", date_new, "(cls, year=None, month=None, day=None)", nullptr, kNumberRegisters, kStatic},
    {"fromtimestamp", date_fromtimestamp, "(cls, timestamp, /)",
     "Create a date from a POSIX timestamp, in local time.", 2, kClassMethod},
    {"fromordinal", with_numbers<2, 0, finish_fromordinal>, "(cls, ordinal, /)",
     "int -> date corresponding to a proleptic Gregorian ordinal.", 3, kClassMethod},
    {"fromisoformat", date_fromisoformat, "(cls, date_string, /)",
     "str -> Construct a date from a string in ISO 8601 format.", 0, kClassMethod},
    {"fromisocalendar", with_numbers<kEndOfNumbers, 0, finish_fromisocalendar>, "(cls, year, week, day)",
     "int, int, int -> Construct a date from the ISO year, week number and weekday.", kNumberRegisters,
     kClassMethod},
    {"today", date_today, "(cls, /)", "Current date or datetime: same as fromtimestamp(time.time()).", 1,
     kClassMethod},
    {"ctime", date_ctime, "(self, /)", "Return ctime() style string."},
    {"strftime", date_strftime, kStrftimeSignature, "format -> strftime() style string.", kStrftimeRegisters},
    {"__format__", format_method, "(self, format, /)", "Formats self with strftime."},
    {"isoformat", date_isoformat, "(self, /)", "Return string in ISO 8601 format, YYYY-MM-DD."},
    {"isoweekday", date_isoweekday, "(self, /)",
     "Return the day of the week represented by the date.\nMonday == 1 ... Sunday == 7"},
    {"isocalendar", date_isocalendar, "(self, /)",
     "Return a named tuple containing ISO year, week number, and weekday."},
    {"timetuple", date_timetuple, "(self, /)", "Return time tuple, compatible with time.localtime().",
     kTimetupleRegisters},
    {"toordinal", date_toordinal, "(self, /)",
     "Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."},
    {"weekday", date_weekday, "(self, /)",
     "Return the day of the week represented by the date.\nMonday == 0 ... Sunday == 6"},
    {"replace", with_numbers<kEndOfNumbers, 0, finish_replace>, "(self, year=None, month=None, day=None)",
     "Return date with new specified fields.", kNumberRegisters},
    {"__reduce__", date_reduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"__repr__", date_repr, "(self, /)"},
    {"__str__", date_str, "(self, /)"},
    {"__hash__", hash_method, "(self, /)"},
    {"__lt__", date_compare<CompareOp::Lt>, kBinary},
    {"__le__", date_compare<CompareOp::Le>, kBinary},
    {"__eq__", date_compare<CompareOp::Eq>, kBinary},
    {"__ne__", date_compare<CompareOp::Ne>, kBinary},
    {"__gt__", date_compare<CompareOp::Gt>, kBinary},
    {"__ge__", date_compare<CompareOp::Ge>, kBinary},
    {"__add__", date_add, kBinary},
    {"__radd__", date_add, kBinary},
    {"__sub__", date_sub, kBinary},
    {"__rsub__", date_rsub, kBinary},
};

constexpr GetsetSpec kGetsets[] = {
    {"year", get_part<&CivilDate::year>},
    {"month", get_part<&CivilDate::month>},
    {"day", get_part<&CivilDate::day>},
};

// --- IsoCalendarDate
// -----------------------------------------------------------------------------------------

Result iso_calendar_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::IsoCalendarDate));
  return new_iso_calendar(rt, to<Type>(f[0]), &f[1]);
}

template <u32 index>
Result get_iso_part(Runtime&, Frame& f) {
  return item_at(to<Tuple>(f[0]), Value::from_int(index));
}

Result iso_calendar_reduce(Runtime& rt, Frame& f) {
  const Tuple* self = to<Tuple>(f[0]);
  const Value plain = Value::from(new_tuple_from(rt, self->items, self->size));
  const Value pair[2] = {Value::from(rt.type(TypeId::Tuple)), Value::from(new_tuple_from(rt, &plain, 1))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Result iso_calendar_repr(Runtime& rt, Frame& f) {
  TextBuffer out;
  out.append_utf8(type_name(rt, f[0]));
  const char* before = "(";
  u32 index = 0;
  for (const char* name : {"year=", "week=", "weekday="}) {
    i64 number = 0;
    int_to_i64(item_at(to<Tuple>(f[0]), Value::from_int(index++)), number);
    out.append_ascii(before);
    out.append_ascii(name);
    out.append_int(number);
    before = ", ";
  }
  out.append(')');
  return Value::from(new_str_from(rt, out));
}

constexpr NativeSpec kIsoCalendarMethods[] = {
    {"__new__", iso_calendar_new, "(cls, year, week, weekday)", nullptr, 0, kStatic},
    {"__repr__", iso_calendar_repr, "(self, /)"},
    {"__reduce__", iso_calendar_reduce, "(self, /)"},
};
constexpr GetsetSpec kIsoCalendarGetsets[] = {
    {"year", get_iso_part<0>},
    {"week", get_iso_part<1>},
    {"weekday", get_iso_part<2>},
};

}  // namespace

Value new_date(Runtime& rt, Type* type, const PackedDate& date) {
  auto* made = new_instance_of<Date>(rt, type);
  made->date = date;
  return Value::from(made);
}

Result date_of_class(Runtime& rt, Frame& f, Value cls, const CivilDate& date) {
  if (cls == Value::from(rt.type(TypeId::Date))) {
    TRY(check_date(rt, date));
    return new_date(rt, rt.type(TypeId::Date), PackedDate::of(date));
  }
  if (cls == Value::from(rt.type(TypeId::DateTime)))
    return datetime_of_class(rt, f, cls, date, {}, Value::none());
  return call(rt, f, cls,
              {Value::from_int(date.year), Value::from_int(date.month), Value::from_int(date.day)});
}

extern const TypeSpec kDateType{"date",         "datetime", "date(year, month, day) --> date object",
                                TypeId::Object, Kind::Date, kTypeHidden,
                                kMethods,       kGetsets,   date_construct};

extern const TypeSpec kIsoCalendarDateType{
    "IsoCalendarDate",   "datetime",         "The result of date.isocalendar() or datetime.isocalendar()",
    TypeId::Tuple,       Kind::Tuple,        kTypeHidden,
    kIsoCalendarMethods, kIsoCalendarGetsets};

}  // namespace lisle::rt
