// The class time: a time of day, perhaps in a zone. What it shares with datetime is in datetime_moment.cpp.
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/support/iso_time.h"
#include "runtime/types/instance.h"
#include "runtime/types/str.h"
#include "runtime/types/str_utf8.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr StateForm kState{"a time", 6, 0, 0, 23};
// Parameters: self or class, hour, minute, second, microsecond, tzinfo, fold.
constexpr u32 kZone = 5, kFold = 6, kParameters = 7;

// time(state) and time(state, zone), as pickles call it; unbound when it is no such call.
Result time_of_state(Runtime& rt, Type* type, Value state, Value zone) {
  u8 bytes[kMostStateBytes];
  if (TRY(read_state(rt, state, kState, bytes)).is_unbound()) return Value::unbound();
  const Value known = TRY(check_state_zone(rt, zone));
  const u8 fold = (bytes[0] & kFoldBit) != 0;
  bytes[0] &= static_cast<u8>(~kFoldBit);
  PackedClock clock = read_clock(bytes);
  clock.fold = fold;
  return new_time(rt, type, clock, known);
}

Result time_of_clock(Runtime& rt, Type* type, const ClockTime& clock, Value zone) {
  TRY(check_clock(rt, clock));
  return new_time(rt, type, PackedClock::of(clock), TRY(zone_argument(rt, zone)));
}

Result time_of_arguments(Runtime& rt, Type* type, const Value* arguments, Value zone, Value fold) {
  ClockTime clock{};
  TRY(clock_arguments(rt, arguments, fold, clock));
  return time_of_clock(rt, type, clock, zone);
}

Result finish_new(Runtime& rt, Frame& f) {
  return time_of_arguments(rt, to<Type>(f[0]), &f[1], f[kZone], f[kFold]);
}

Result time_new(Runtime& rt, Frame& f) {
  if (f.step() == 0) {
    TRY(require_class(rt, f[0], TypeId::Time));
    if (!f[1].is_unbound() && f[3].is_unbound() && f[4].is_unbound() && f[kZone].is_unbound()) {
      const Value made = TRY(time_of_state(rt, to<Type>(f[0]), f[1], f[2]));
      if (!made.is_unbound()) return made;
    }
  }
  return with_numbers<kParameters, kZone, finish_new>(rt, f);
}

Result time_construct(Runtime& rt, Frame& f) {
  Value arguments[5];
  const u32 given = f.window_nargs();
  if (given > 5) return Value::unbound();
  for (u32 i = 0; i < 5; ++i) arguments[i] = i < given ? f[i] : Value::unbound();
  for (u32 i = 0; i < 4; ++i)
    if (!arguments[i].is_int() && !arguments[i].is_unbound())
      return i == 0 && given <= 2 ? time_of_state(rt, rt.type(TypeId::Time), f[0], arguments[1])
                                  : Result(Value::unbound());
  return time_of_arguments(rt, rt.type(TypeId::Time), arguments, arguments[4], Value::unbound());
}

Result finish_replace(Runtime& rt, Frame& f) {
  ClockTime clock = packed_clock(f[0]).clock();
  TRY(clock_arguments(rt, &f[1], f[kFold], clock));
  TRY(check_fold(rt, clock.fold));
  return time_of_clock(rt, type_of(rt, f[0]), clock, f[kZone].is_unbound() ? zone_of(f[0]) : f[kZone]);
}

Result time_fromisoformat(Runtime& rt, Frame& f) {
  TRY(iso_argument(rt, f[1]));
  const Str* text = to<Str>(f[1]);
  if (!text->is_ascii()) return raise_bad_iso(rt, f[1]);
  std::string_view rest = text->latin1();
  if (rest.starts_with('T')) rest.remove_prefix(1);
  IsoTime time;
  if (!parse_iso_time(rest, time)) return raise_bad_iso(rt, f[1]);
  const Value zone = time.has_offset ? TRY(zone_of_offset(rt, time.offset)) : Value::none();
  return time_of_class(rt, f, f[0], time.clock, zone);
}

Result time_isoformat(Runtime& rt, Frame& f) {
  return moment_isoformat(rt, f, Value::from_int(0), f[1]);
}

Result time_str(Runtime& rt, Frame& f) {
  return call_method(rt, f, f[0], rt.names.isoformat, {});
}

Result time_repr(Runtime& rt, Frame& f) {
  const ClockTime clock = packed_clock(f[0]).clock();
  TextBuffer numbers;
  numbers.append_int(clock.hour);
  numbers.append_ascii(", ");
  numbers.append_int(clock.minute);
  if (clock.second != 0 || clock.microsecond != 0) {
    numbers.append_ascii(", ");
    numbers.append_int(clock.second);
  }
  if (clock.microsecond != 0) {
    numbers.append_ascii(", ");
    numbers.append_int(clock.microsecond);
  }
  return moment_repr(rt, f, numbers);
}

Value reduced(Runtime& rt, Value self, i32 protocol) {
  u8 state[kState.size];
  write_clock(packed_clock(self), state);
  if (protocol > 3 && packed_clock(self).fold) state[kState.checked] |= kFoldBit;
  return reduction(rt, self, state, sizeof state, zone_of(self));
}
Result time_reduce(Runtime& rt, Frame& f) {
  return reduced(rt, f[0], 2);
}
Result finish_reduce_ex(Runtime& rt, Frame& f) {
  i32 protocol;
  TRY(number_argument(rt, f[1], 0, protocol));
  return reduced(rt, f[0], protocol);
}

template <i32 ClockTime::*part>
Result get_part(Runtime&, Frame& f) {
  return Value::from_int(packed_clock(f[0]).clock().*part);
}
Result get_zone(Runtime&, Frame& f) {
  return zone_of(f[0]);
}

constexpr const char* kBinary = "(self, value, /)";

constexpr NativeSpec kMethods[] = {
    {"__new__", time_new, "(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", nullptr,
     kParameters + 1, kStatic},
    {"fromisoformat", time_fromisoformat, "(cls, time_string, /)",
     "string -> time from a string in ISO 8601 format", 0, kClassMethod},
    {"isoformat", time_isoformat, "(self, timespec='auto')",
     "Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\n\nThe optional argument timespec "
     "specifies the number of additional terms\nof the time to include. Valid options are 'auto', 'hours', "
     "'minutes',\n'seconds', 'milliseconds' and 'microseconds'.\n"},
    {"strftime", date_strftime, kStrftimeSignature, "format -> strftime() style string.", kStrftimeRegisters},
    {"__format__", format_method, "(self, format, /)", "Formats self with strftime."},
    {"utcoffset", moment_utcoffset, "(self, /)", "Return self.tzinfo.utcoffset(self)."},
    {"tzname", moment_tzname, "(self, /)", "Return self.tzinfo.tzname(self)."},
    {"dst", moment_dst, "(self, /)", "Return self.tzinfo.dst(self)."},
    {"replace", with_numbers<kParameters, kZone, finish_replace>,
     "(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None)",
     "Return time with new specified fields.", kParameters + 1},
    {"__reduce_ex__", with_numbers<2, 0, finish_reduce_ex>, "(self, protocol, /)",
     "__reduce_ex__(proto) -> (cls, state)", 3},
    {"__reduce__", time_reduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"__repr__", time_repr, "(self, /)"},
    {"__str__", time_str, "(self, /)"},
    {"__hash__", moment_hash, "(self, /)"},
    {"__lt__", moment_compare<CompareOp::Lt>, kBinary},
    {"__le__", moment_compare<CompareOp::Le>, kBinary},
    {"__eq__", moment_compare<CompareOp::Eq>, kBinary},
    {"__ne__", moment_compare<CompareOp::Ne>, kBinary},
    {"__gt__", moment_compare<CompareOp::Gt>, kBinary},
    {"__ge__", moment_compare<CompareOp::Ge>, kBinary},
};

constexpr GetsetSpec kGetsets[] = {
    {"hour", get_part<&ClockTime::hour>},
    {"minute", get_part<&ClockTime::minute>},
    {"second", get_part<&ClockTime::second>},
    {"microsecond", get_part<&ClockTime::microsecond>},
    {"tzinfo", get_zone},
    {"fold", get_part<&ClockTime::fold>},
};

}  // namespace

Value new_time(Runtime& rt, Type* type, const PackedClock& clock, Value zone) {
  auto* made = new_instance_of<Time>(rt, type);
  made->clock = clock;
  made->zone = zone;
  return Value::from(made);
}

Result time_of_class(Runtime& rt, Frame& f, Value cls, const ClockTime& clock, Value zone) {
  if (cls == Value::from(rt.type(TypeId::Time))) {
    TRY(check_clock(rt, clock));
    return new_time(rt, rt.type(TypeId::Time), PackedClock::of(clock), zone);
  }
  return call(rt, f, cls,
              {Value::from_int(clock.hour), Value::from_int(clock.minute), Value::from_int(clock.second),
               Value::from_int(clock.microsecond), zone});
}

extern const TypeSpec kTimeType{
    "time",
    "datetime",
    "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\nAll arguments are "
    "optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be "
    "ints.\n",
    TypeId::Object,
    Kind::Time,
    kTypeHidden,
    kMethods,
    kGetsets,
    time_construct};

}  // namespace lisle::rt
