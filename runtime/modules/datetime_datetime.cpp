// The class datetime: construction, parts, texts and pickles. Its arithmetic and its ways from and to the
// clock of the machine have files of their own.
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/support/iso_time.h"
#include "runtime/types/instance.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr StateForm kState{"a datetime", 10, 2, 1, 12};
// Parameters: self or class, year, month, day, hour, minute, second, microsecond, tzinfo, fold.
constexpr u32 kHour = 4, kZone = 8, kFold = 9, kParameters = 10;
constexpr u32 kPositional = kZone;  // arguments of a call that is not by name

// --- construction
// --------------------------------------------------------------------------------------------

Result datetime_of_state(Runtime& rt, Type* type, Value state, Value zone) {
  u8 bytes[kMostStateBytes];
  if (TRY(read_state(rt, state, kState, bytes)).is_unbound()) return Value::unbound();
  const Value known = TRY(check_state_zone(rt, zone));
  const u8 fold = (bytes[kState.checked] & kFoldBit) != 0;
  bytes[kState.checked] &= static_cast<u8>(~kFoldBit);
  PackedClock clock = read_clock(bytes + 4);
  clock.fold = fold;
  return new_datetime(rt, type, read_date(bytes), clock, known);
}

Result datetime_of_fields(Runtime& rt, Type* type, const CivilDate& date, const ClockTime& clock,
                          Value zone) {
  TRY(check_date(rt, date));
  TRY(check_clock(rt, clock));
  const Value known = TRY(zone_argument(rt, zone));
  return new_datetime(rt, type, PackedDate::of(date), PackedClock::of(clock), known);
}

Result datetime_of_arguments(Runtime& rt, Type* type, const Value* arguments, Value zone, Value fold) {
  CivilDate date;
  ClockTime clock{};
  TRY(required_date_arguments(rt, arguments, date));
  TRY(clock_arguments(rt, arguments + 3, fold, clock));
  return datetime_of_fields(rt, type, date, clock, zone);
}

Result finish_new(Runtime& rt, Frame& f) {
  return datetime_of_arguments(rt, to<Type>(f[0]), &f[1], f[kZone], f[kFold]);
}

Result datetime_new(Runtime& rt, Frame& f) {
  if (f.step() == 0) {
    TRY(require_class(rt, f[0], TypeId::DateTime));
    if (!f[1].is_unbound() && f[3].is_unbound() && f[kHour].is_unbound()) {
      const Value made = TRY(datetime_of_state(rt, to<Type>(f[0]), f[1], f[2]));
      if (!made.is_unbound()) return made;
    }
  }
  return with_numbers<kParameters, kZone, finish_new>(rt, f);
}

Result datetime_construct(Runtime& rt, Frame& f) {
  const u32 given = f.window_nargs();
  Type* type = rt.type(TypeId::DateTime);
  if (given == 1 || given == 2)
    return datetime_of_state(rt, type, f[0], given == 2 ? f[1] : Value::unbound());
  if (given < 3 || given > kPositional) return Value::unbound();
  Value arguments[kPositional];
  for (u32 i = 0; i < kPositional; ++i) {
    arguments[i] = i < given ? f[i] : Value::unbound();
    if (i + 1 < kPositional && !arguments[i].is_int() && !arguments[i].is_unbound()) return Value::unbound();
  }
  return datetime_of_arguments(rt, type, arguments, arguments[kPositional - 1], Value::unbound());
}

Result finish_replace(Runtime& rt, Frame& f) {
  CivilDate date = date_of(f[0]);
  ClockTime clock = packed_clock(f[0]).clock();
  TRY(date_arguments(rt, &f[1], date));
  TRY(clock_arguments(rt, &f[kHour], f[kFold], clock));
  TRY(check_fold(rt, clock.fold));
  return datetime_of_fields(rt, type_of(rt, f[0]), date, clock,
                            f[kZone].is_unbound() ? zone_of(f[0]) : f[kZone]);
}

// cls, date, time, tzinfo.
Result datetime_combine(Runtime& rt, Frame& f) {
  if (!is_date(f[1]))
    return raise(rt, TypeId::TypeError, "combine() argument 1 must be datetime.date, not %s",
                 argument_type(rt, f[1]));
  if (!is_time(f[2]))
    return raise(rt, TypeId::TypeError, "combine() argument 2 must be datetime.time, not %s",
                 argument_type(rt, f[2]));
  const Value zone = f[3].is_unbound() ? zone_of(f[2]) : TRY(zone_argument(rt, f[3]));
  return datetime_of_class(rt, f, f[0], date_of(f[1]), packed_clock(f[2]).clock(), zone);
}

// The separator may be any character, even one that is no character.
Result datetime_fromisoformat(Runtime& rt, Frame& f) {
  constexpr u64 kShortest = 7;
  TRY(iso_argument(rt, f[1]));
  const Str* text = to<Str>(f[1]);
  if (text->length < kShortest) return raise_bad_iso(rt, f[1]);
  char few[64];
  std::string many;
  std::string_view bytes;
  if (text->is_ascii()) {
    bytes = text->latin1();
  } else {
    // Beyond ASCII only the separator is of interest, and it is not looked at.
    constexpr char kForeign = '\x7f';
    char* to = few;
    if (text->length > sizeof few) {
      many.resize(text->length);
      to = many.data();
    }
    for (u64 i = 0; i < text->length; ++i)
      to[i] = text->at(i) < 0x80 ? static_cast<char>(text->at(i)) : kForeign;
    bytes = {to, text->length};
  }
  const size_t end = iso_date_end(bytes);
  CivilDate date;
  if (end == 0 || !parse_iso_date(bytes.substr(0, end), date)) return raise_bad_iso(rt, f[1]);
  IsoTime time{};
  if (bytes.size() > end && !parse_iso_time(bytes.substr(end + 1), time)) return raise_bad_iso(rt, f[1]);
  const Value zone = time.has_offset ? TRY(zone_of_offset(rt, time.offset)) : Value::none();
  return datetime_of_class(rt, f, f[0], date, time.clock, zone);
}

// cls, string, format. Written in the language: the library's _strptime.
Result datetime_strptime(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (const u32 i : {1u, 2u})
        if (!is_str(f[i]))
          return raise(rt, TypeId::TypeError, "strptime() argument %u must be str, not %s", i,
                       argument_type(rt, f[i]));
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_strptime"))}));
      return call_method(rt, f, r.value(), intern(rt, "_strptime_datetime"), {f[0], f[1], f[2]});
  }
  LISLE_UNREACHABLE();
}

// --- parts
// ---------------------------------------------------------------------------------------------------

Result datetime_date(Runtime& rt, Frame& f) {
  return new_date(rt, rt.type(TypeId::Date), packed_date(f[0]));
}
Result datetime_time(Runtime& rt, Frame& f) {
  return new_time(rt, rt.type(TypeId::Time), packed_clock(f[0]), Value::none());
}
Result datetime_timetz(Runtime& rt, Frame& f) {
  return new_time(rt, rt.type(TypeId::Time), packed_clock(f[0]), zone_of(f[0]));
}

template <i32 ClockTime::*part>
Result get_part(Runtime&, Frame& f) {
  return Value::from_int(packed_clock(f[0]).clock().*part);
}
Result get_zone(Runtime&, Frame& f) {
  return zone_of(f[0]);
}

// --- texts
// ---------------------------------------------------------------------------------------------------

// self, sep, timespec.
Result datetime_isoformat(Runtime& rt, Frame& f) {
  u32 separator = 'T';
  if (!f[1].is_unbound()) {
    const auto* given = as<Str>(f[1]);
    if (!given || given->length != 1)
      return raise(rt, TypeId::TypeError, "isoformat() argument 1 must be a unicode character, not %s",
                   argument_type(rt, f[1]));
    separator = given->at(0);
  }
  return moment_isoformat(rt, f, Value::from_int(separator), f[2]);
}

Result datetime_str(Runtime& rt, Frame& f) {
  return call_method(rt, f, f[0], rt.names.isoformat, {Value::from(str_from_char(rt, ' '))});
}

Result datetime_repr(Runtime& rt, Frame& f) {
  const CivilDate date = date_of(f[0]);
  const ClockTime clock = packed_clock(f[0]).clock();
  TextBuffer numbers;
  numbers.append_int(date.year);
  auto append = [&numbers](i32 number) {
    numbers.append_ascii(", ");
    numbers.append_int(number);
  };
  for (const i32 part : {date.month, date.day, clock.hour, clock.minute}) append(part);
  if (clock.second != 0 || clock.microsecond != 0) append(clock.second);
  if (clock.microsecond != 0) append(clock.microsecond);
  return moment_repr(rt, f, numbers);
}

// --- pickles
// -------------------------------------------------------------------------------------------------

Value reduced(Runtime& rt, Value self, i32 protocol) {
  u8 state[kState.size];
  write_date(packed_date(self), state);
  write_clock(packed_clock(self), state + 4);
  if (protocol > 3 && packed_clock(self).fold) state[kState.checked] |= kFoldBit;
  return reduction(rt, self, state, sizeof state, zone_of(self));
}
Result datetime_reduce(Runtime& rt, Frame& f) {
  return reduced(rt, f[0], 2);
}
Result finish_reduce_ex(Runtime& rt, Frame& f) {
  i32 protocol;
  TRY(number_argument(rt, f[1], 0, protocol));
  return reduced(rt, f[0], protocol);
}

constexpr const char* kBinary = "(self, value, /)";

constexpr NativeSpec kMethods[] = {
    {"__new__", datetime_new,
     "(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, "
     "fold=0)",
     nullptr, kParameters + 1, kStatic},
    {"now", datetime_now, "(cls, tz=None)",
     "Returns new datetime object representing current time local to tz.\n\n  tz\n    Timezone object.\n\nIf "
     "no tz is specified, uses local timezone.",
     0, kClassMethod},
    {"utcnow", datetime_utcnow, "(cls, /)", "Return a new datetime representing UTC day and time.", 0,
     kClassMethod},
    {"fromtimestamp", datetime_fromtimestamp, "(cls, timestamp, tz=None)",
     "timestamp[, tz] -> tz's local time from POSIX timestamp.", 4, kClassMethod},
    {"utcfromtimestamp", datetime_utcfromtimestamp, "(cls, timestamp, /)",
     "Construct a naive UTC datetime from a POSIX timestamp.", 3, kClassMethod},
    {"strptime", datetime_strptime, "(cls, date_string, format, /)",
     "string, format -> new datetime parsed from a string (like time.strptime()).", 3, kClassMethod},
    {"combine", datetime_combine, "(cls, date, time, tzinfo=None)",
     "date, time -> datetime with same date and time fields", 0, kClassMethod},
    {"fromisoformat", datetime_fromisoformat, "(cls, date_string, /)",
     "string -> datetime from a string in most ISO 8601 formats", 0, kClassMethod},
    {"date", datetime_date, "(self, /)", "Return date object with same year, month and day."},
    {"time", datetime_time, "(self, /)", "Return time object with same time but with tzinfo=None."},
    {"timetz", datetime_timetz, "(self, /)", "Return time object with same time and tzinfo."},
    {"ctime", date_ctime, "(self, /)", "Return ctime() style string."},
    {"timetuple", date_timetuple, "(self, /)", "Return time tuple, compatible with time.localtime().",
     kTimetupleRegisters},
    {"timestamp", datetime_timestamp, "(self, /)", "Return POSIX timestamp as float.", 2},
    {"utctimetuple", datetime_utctimetuple, "(self, /)",
     "Return UTC time tuple, compatible with time.localtime().", kTimetupleRegisters},
    {"isoformat", datetime_isoformat, "(self, sep='T', timespec='auto')",
     "[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].\nsep is used to "
     "separate the year from the time, and defaults to 'T'.\nThe optional argument timespec specifies the "
     "number of additional terms\nof the time to include. Valid options are 'auto', 'hours', "
     "'minutes',\n'seconds', 'milliseconds' and 'microseconds'.\n"},
    {"utcoffset", moment_utcoffset, "(self, /)", "Return self.tzinfo.utcoffset(self)."},
    {"tzname", moment_tzname, "(self, /)", "Return self.tzinfo.tzname(self)."},
    {"dst", moment_dst, "(self, /)", "Return self.tzinfo.dst(self)."},
    {"replace", with_numbers<kParameters, kZone, finish_replace>,
     "(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, "
     "tzinfo=None, *, fold=None)",
     "Return datetime with new specified fields.", kParameters + 1},
    {"astimezone", datetime_astimezone, "(self, tz=None)", "tz -> convert to local time in new timezone tz\n",
     4},
    {"__reduce_ex__", with_numbers<2, 0, finish_reduce_ex>, "(self, protocol, /)",
     "__reduce_ex__(proto) -> (cls, state)", 3},
    {"__reduce__", datetime_reduce, "(self, /)", "__reduce__() -> (cls, state)"},
    {"__repr__", datetime_repr, "(self, /)"},
    {"__str__", datetime_str, "(self, /)"},
    {"__hash__", moment_hash, "(self, /)"},
    {"__lt__", moment_compare<CompareOp::Lt>, kBinary},
    {"__le__", moment_compare<CompareOp::Le>, kBinary},
    {"__eq__", moment_compare<CompareOp::Eq>, kBinary},
    {"__ne__", moment_compare<CompareOp::Ne>, kBinary},
    {"__gt__", moment_compare<CompareOp::Gt>, kBinary},
    {"__ge__", moment_compare<CompareOp::Ge>, kBinary},
    {"__add__", datetime_add, kBinary},
    {"__radd__", datetime_add, kBinary},
    {"__sub__", datetime_subtract, kBinary},
    {"__rsub__", datetime_subtract_reflected, kBinary},
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

Value new_datetime(Runtime& rt, Type* type, const PackedDate& date, const PackedClock& clock, Value zone) {
  auto* made = new_instance_of<DateTime>(rt, type);
  made->date = date;
  made->clock = clock;
  made->zone = zone;
  return Value::from(made);
}

Value with_fold(Runtime& rt, const DateTime& moment, u8 fold) {
  PackedClock clock = moment.clock;
  clock.fold = fold;
  return new_datetime(rt, type_of(rt, Value::from(&moment)), moment.date, clock, moment.zone);
}

Result datetime_of_class(Runtime& rt, Frame& f, Value cls, const CivilDate& date, const ClockTime& clock,
                         Value zone) {
  Type* plain = rt.type(TypeId::DateTime);
  if (cls == Value::from(plain)) {
    TRY(check_date(rt, date));
    TRY(check_clock(rt, clock));
    return new_datetime(rt, plain, PackedDate::of(date), PackedClock::of(clock), zone);
  }
  // A class of the program is not told of the fold.
  const Value arguments[] = {Value::from_int(date.year),         Value::from_int(date.month),
                             Value::from_int(date.day),          Value::from_int(clock.hour),
                             Value::from_int(clock.minute),      Value::from_int(clock.second),
                             Value::from_int(clock.microsecond), zone};
  return call_span(rt, f, cls, arguments, std::size(arguments));
}

extern const TypeSpec kDateTimeType{
    "datetime",
    "datetime",
    "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nThe year, month and "
    "day arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining "
    "arguments may be ints.\n",
    TypeId::Date,
    Kind::DateTime,
    kTypeHidden,
    kMethods,
    kGetsets,
    datetime_construct};

}  // namespace lisle::rt
