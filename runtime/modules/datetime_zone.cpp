// Time zones: how they are asked, the abstract class tzinfo, and timezone, whose offset is fixed.
#include <string>

#include "runtime/modules/datetime.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/object.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Str* name_of(Runtime& rt, ZoneQuestion question) {
  switch (question) {
    case ZoneQuestion::kOffset:
      return rt.names.utcoffset;
    case ZoneQuestion::kDst:
      return rt.names.dst;
    case ZoneQuestion::kName:
      return rt.names.tzname;
  }
  LISLE_UNREACHABLE();
}

bool is_zone_offset(const DeltaParts& p) {
  const i64 offset = offset_microseconds(p);
  return p.days >= -1 && p.days < 1 && offset > -kDayMicroseconds;
}

Result check_answer(Runtime& rt, ZoneQuestion question, Value answer) {
  if (answer.is_none()) return answer;
  if (question == ZoneQuestion::kName) {
    if (is_str(answer)) return answer;
    return raise(rt, TypeId::TypeError, "tzinfo.tzname() must return None or a string, not '%s'",
                 type_name(rt, answer));
  }
  if (!is_delta(answer))
    return raise(rt, TypeId::TypeError, "tzinfo.%s() must return None or timedelta, not '%.200s'",
                 str_chars(rt, name_of(rt, question)), type_name(rt, answer));
  if (is_zone_offset(to<TimeDelta>(answer)->parts)) return answer;
  return raise(rt, TypeId::ValueError,
               "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
}

// "UTC", with the offset behind it unless that is zero.
Value name_of_offset(Runtime& rt, const DeltaParts& offset) {
  TextBuffer out;
  out.append_ascii("UTC");
  if (offset != DeltaParts{}) append_offset(out, offset, ":");
  return Value::from(new_str_from(rt, out));
}

Value timezone_name(Runtime& rt, const TimeZone& zone) {
  return zone.name.is_none() ? name_of_offset(rt, to<TimeDelta>(zone.offset)->parts) : zone.name;
}

Value new_timezone(Runtime& rt, Value offset, Value name) {
  auto* zone = rt.make<TimeZone>(TypeId::TimeZone);
  zone->offset = offset;
  zone->name = name;
  return Value::from(zone);
}

// --- tzinfo
// --------------------------------------------------------------------------------------------------

Result tzinfo_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::TzInfo));
  return Value::from(new_instance(rt, to<Type>(f[0])));
}

template <ZoneQuestion question>
Result tzinfo_refuses(Runtime& rt, Frame&) {
  return raise(rt, TypeId::NotImplementedError, "a tzinfo subclass must implement %s()",
               str_chars(rt, name_of(rt, question)));
}

Result check_fromutc(Runtime& rt, Frame& f) {
  if (!is_datetime(f[1])) return raise(rt, TypeId::TypeError, "fromutc: argument must be a datetime");
  if (zone_of(f[1]) == f[0]) return Result::none();
  return raise(rt, TypeId::ValueError, "fromutc: dt.tzinfo is not self");
}

DeltaParts difference(const DeltaParts& a, const DeltaParts& b) {
  return {a.days - b.days, a.seconds - b.seconds, a.microseconds - b.microseconds};
}

// self, datetime; dst, result. Right for zones whose standard offset never changes.
Result tzinfo_fromutc(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_fromutc(rt, f));
      AWAIT(1, ask_zone(rt, f, f[0], ZoneQuestion::kOffset, f[1]));
      if (r.value().is_none())
        return raise(rt, TypeId::ValueError, "fromutc: non-None utcoffset() result required");
      f[3] = r.value();
      AWAIT(2, ask_zone(rt, f, f[0], ZoneQuestion::kDst, f[1]));
      if (r.value().is_none())
        return raise(rt, TypeId::ValueError, "fromutc: non-None dst() result required");
      f[2] = r.value();
      AWAIT(3, add_to_datetime(rt, f, *to<DateTime>(f[1]),
                               difference(to<TimeDelta>(f[3])->parts, to<TimeDelta>(f[2])->parts), 1));
      f[3] = r.value();
      AWAIT(4, ask_zone(rt, f, f[0], ZoneQuestion::kDst, f[3]));
      if (r.value().is_none())
        return raise(rt, TypeId::ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
      if (to<TimeDelta>(r.value())->parts == DeltaParts{}) return f[3];
      if (!is_datetime(f[3])) return raise(rt, TypeId::TypeError, "fromutc: argument must be a datetime");
      return add_to_datetime(rt, f, *to<DateTime>(f[3]), to<TimeDelta>(r.value())->parts, 1);
  }
  LISLE_UNREACHABLE();
}

// self; arguments.
Result tzinfo_reduce(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], intern(rt, "__getinitargs__")));
      f[1] = Value::from(rt.empty_tuple);
      if (!r.value().is_unbound()) {
        AWAIT(2, call(rt, f, r.value(), {}));
        f[1] = r.value();
      }
      AWAIT(3, call_method(rt, f, f[0], intern(rt, "__getstate__"), {}));
      {
        const Value parts[3] = {Value::from(type_of(rt, f[0])), f[1], r.value()};
        return Value::from(new_tuple_from(rt, parts, 3));
      }
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kTzInfoMethods[] = {
    {"__new__", tzinfo_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"tzname", tzinfo_refuses<ZoneQuestion::kName>, "(self, dt, /)", "datetime -> string name of time zone."},
    {"utcoffset", tzinfo_refuses<ZoneQuestion::kOffset>, "(self, dt, /)",
     "datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"},
    {"dst", tzinfo_refuses<ZoneQuestion::kDst>, "(self, dt, /)",
     "datetime -> DST offset as timedelta positive east of UTC."},
    {"fromutc", tzinfo_fromutc, "(self, dt, /)", "datetime in UTC -> datetime in local time.", 4},
    {"__reduce__", tzinfo_reduce, "(self, /)", "-> (cls, state)", 2},
};

// --- timezone
// ------------------------------------------------------------------------------------------------

Result timezone_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::TimeZone));
  if (!is_delta(f[1]))
    return raise(rt, TypeId::TypeError, "timezone() argument 1 must be datetime.timedelta, not %s",
                 argument_type(rt, f[1]));
  if (!f[2].is_unbound() && !is_str(f[2]))
    return raise(rt, TypeId::TypeError, "timezone() argument 2 must be str, not %s", argument_type(rt, f[2]));
  return make_timezone(rt, f[1], f[2]);
}

template <ZoneQuestion question>
Result timezone_answer(Runtime& rt, Frame& f) {
  if (!f[1].is_none() && !is_datetime(f[1]))
    return raise(rt, TypeId::TypeError, "%s(dt) argument must be a datetime instance or None, not %.200s",
                 str_chars(rt, name_of(rt, question)), type_name(rt, f[1]));
  return known_answer(rt, f[0], question);
}

Result timezone_fromutc(Runtime& rt, Frame& f) {
  TRY(check_fromutc(rt, f));
  return add_to_datetime(rt, f, *to<DateTime>(f[1]), to<TimeDelta>(to<TimeZone>(f[0])->offset)->parts, 1);
}

template <CompareOp op>
Result timezone_compare(Runtime&, Frame& f) {
  const auto* other = as<TimeZone>(f[1]);
  if (!other) return Value::not_implemented();
  const bool equal = to<TimeDelta>(to<TimeZone>(f[0])->offset)->parts == to<TimeDelta>(other->offset)->parts;
  return Result::boolean(equal == (op == CompareOp::Eq));
}

Result timezone_hash(Runtime& rt, Frame& f) {
  return new_int(rt, delta_hash(to<TimeDelta>(to<TimeZone>(f[0])->offset)->parts));
}

Result timezone_str(Runtime& rt, Frame& f) {
  return timezone_name(rt, *to<TimeZone>(f[0]));
}

Result timezone_repr(Runtime& rt, Frame& f) {
  const auto& zone = *to<TimeZone>(f[0]);
  TextBuffer out;
  out.append_ascii("datetime.timezone");
  if (f[0] == utc_zone(rt)) {
    out.append_ascii(".utc");
    return Value::from(new_str_from(rt, out));
  }
  out.append('(');
  append_delta_repr(rt, out, zone.offset);
  if (!zone.name.is_none()) {
    out.append_ascii(", ");
    append_repr(out, to<Str>(zone.name));
  }
  out.append(')');
  return Value::from(new_str_from(rt, out));
}

Result timezone_getinitargs(Runtime& rt, Frame& f) {
  const auto& zone = *to<TimeZone>(f[0]);
  const Value arguments[2] = {zone.offset, zone.name};
  return Value::from(new_tuple_from(rt, arguments, zone.name.is_none() ? 1 : 2));
}

constexpr NativeSpec kTimeZoneMethods[] = {
    {"__new__", timezone_new, "(cls, offset, name=None)", nullptr, 0, kStatic},
    {"__repr__", timezone_repr, "(self, /)"},
    {"__str__", timezone_str, "(self, /)"},
    {"__hash__", timezone_hash, "(self, /)"},
    {"__eq__", timezone_compare<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", timezone_compare<CompareOp::Ne>, "(self, value, /)"},
    {"tzname", timezone_answer<ZoneQuestion::kName>, "(self, dt, /)",
     "If name is specified when timezone is created, returns the name.  Otherwise returns offset as "
     "'UTC(+|-)HH:MM'."},
    {"utcoffset", timezone_answer<ZoneQuestion::kOffset>, "(self, dt, /)", "Return fixed offset."},
    {"dst", timezone_answer<ZoneQuestion::kDst>, "(self, dt, /)", "Return None."},
    {"fromutc", timezone_fromutc, "(self, dt, /)", "datetime in UTC -> datetime in local time."},
    {"__getinitargs__", timezone_getinitargs, "(self, /)", "pickle support"},
};

}  // namespace

// --- asking
// --------------------------------------------------------------------------------------------------

Value known_answer(Runtime& rt, Value zone, ZoneQuestion question) {
  if (zone.is_none()) return zone;
  const auto* fixed = as<TimeZone>(zone);
  if (!fixed) return Value::unbound();
  if (question == ZoneQuestion::kOffset) return fixed->offset;
  return question == ZoneQuestion::kDst ? Value::none() : timezone_name(rt, *fixed);
}

Result ask_zone(Runtime& rt, Frame& f, Value zone, ZoneQuestion question, Value argument) {
  const Value known = known_answer(rt, zone, question);
  if (!known.is_unbound()) return known;
  return call_internal(rt, f, Internal::AskZone,
                       {zone, Value::from_int(static_cast<i64>(question)), argument});
}

// zone, question, argument.
Result ask_zone_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const ZoneQuestion question = one_of(f[1], ZoneQuestion::kName);
  switch (f.step()) {
    case 0:
      AWAIT(1, call_method(rt, f, f[0], name_of(rt, question), {f[2]}));
      return check_answer(rt, question, r.value());
  }
  LISLE_UNREACHABLE();
}

// --- making
// --------------------------------------------------------------------------------------------------

Result make_timezone(Runtime& rt, Value offset, Value name) {
  const DeltaParts& parts = to<TimeDelta>(offset)->parts;
  if (name.is_unbound() && parts == DeltaParts{}) return utc_zone(rt);
  if (is_zone_offset(parts)) return new_timezone(rt, offset, name.is_unbound() ? Value::none() : name);
  TextBuffer text;
  append_delta_repr(rt, text, offset);
  return raise(rt, TypeId::ValueError,
               "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
               "not %s.",
               std::string(text.latin1()).c_str());
}

// There is one, an attribute of the class.
Value utc_zone(Runtime& rt) {
  Type* type = rt.type(TypeId::TimeZone);
  Value utc = dict_get_str(rt, *type->dict, rt.names.utc);
  if (!utc.is_unbound()) return utc;
  utc = new_timezone(rt, new_delta(rt, rt.type(TypeId::TimeDelta), {}), Value::none());
  type_set_attribute(rt, type, rt.names.utc, utc);
  return utc;
}

Result zone_of_offset(Runtime& rt, i64 microseconds) {
  if (microseconds < kSecondMicroseconds && microseconds > -kSecondMicroseconds) return utc_zone(rt);
  return make_timezone(rt, TRY(delta_of_microseconds(rt, microseconds)), Value::unbound());
}

void append_offset(TextBuffer& out, const DeltaParts& offset, std::string_view separator) {
  const i64 signed_offset = offset_microseconds(offset);
  const ClockTime clock = clock_of_microseconds(signed_offset < 0 ? -signed_offset : signed_offset);
  out.append(signed_offset < 0 ? '-' : '+');
  append_padded(out, clock.hour, 2);
  out.append_ascii(separator);
  append_padded(out, clock.minute, 2);
  if (clock.second == 0 && clock.microsecond == 0) return;
  out.append_ascii(separator);
  append_padded(out, clock.second, 2);
  if (clock.microsecond == 0) return;
  out.append('.');
  append_padded(out, clock.microsecond, 6);
}

extern const TypeSpec kTzInfoType{"tzinfo",
                                  "datetime",
                                  "Abstract base class for time zone info objects.",
                                  TypeId::Object,
                                  Kind::Instance,
                                  kTypeHidden,
                                  kTzInfoMethods,
                                  {}};

extern const TypeSpec kTimeZoneType{"timezone",
                                    "datetime",
                                    "Fixed offset from UTC implementation of tzinfo.",
                                    TypeId::TzInfo,
                                    Kind::TimeZone,
                                    kTypeHidden | kTypeFinal,
                                    kTimeZoneMethods,
                                    {}};

}  // namespace lisle::rt
