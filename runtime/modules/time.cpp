// The module time. Clocks are the host's; sleeping parks the tasklet.
#include <cerrno>
#include <cmath>
#include <ctime>

#include "runtime/host.h"
#include "runtime/modules/record.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

constexpr i64 kSecond = 1'000'000'000;

Result seconds(Runtime& rt, Clock clock) {
  return new_float(rt, static_cast<f64>(rt.host->now_ns(clock)) * 1e-9);
}

Result time_time(Runtime& rt, Frame&) {
  return seconds(rt, Clock::kWall);
}
Result time_monotonic(Runtime& rt, Frame&) {
  return seconds(rt, Clock::kMonotonic);
}
Result time_process_time(Runtime& rt, Frame&) {
  return seconds(rt, Clock::kProcess);
}
Result time_thread_time(Runtime& rt, Frame&) {
  return seconds(rt, Clock::kThread);
}
Result time_time_ns(Runtime& rt, Frame&) {
  return new_int(rt, rt.host->now_ns(Clock::kWall));
}
Result time_monotonic_ns(Runtime& rt, Frame&) {
  return new_int(rt, rt.host->now_ns(Clock::kMonotonic));
}
Result time_process_time_ns(Runtime& rt, Frame&) {
  return new_int(rt, rt.host->now_ns(Clock::kProcess));
}
Result time_thread_time_ns(Runtime& rt, Frame&) {
  return new_int(rt, rt.host->now_ns(Clock::kThread));
}

// The host's clock that has a number of the system. Raises for those that it does not have.
Result clock_of(Runtime& rt, Value number, Clock& out) {
  i64 id;
  if (!is_int_like(number) || !int_to_i64(number, id))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, number));
  switch (id) {
    case CLOCK_REALTIME:
      out = Clock::kWall;
      return Result::none();
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_BOOTTIME:
      out = Clock::kMonotonic;
      return Result::none();
    case CLOCK_PROCESS_CPUTIME_ID:
      out = Clock::kProcess;
      return Result::none();
    case CLOCK_THREAD_CPUTIME_ID:
      out = Clock::kThread;
      return Result::none();
    default:
      return raise_os_error(rt, EINVAL, Value::none());
  }
}

Result time_clock_gettime(Runtime& rt, Frame& f) {
  Clock clock;
  TRY(clock_of(rt, f[0], clock));
  return seconds(rt, clock);
}
Result time_clock_gettime_ns(Runtime& rt, Frame& f) {
  Clock clock;
  TRY(clock_of(rt, f[0], clock));
  return new_int(rt, rt.host->now_ns(clock));
}
Result time_clock_getres(Runtime& rt, Frame& f) {
  Clock clock;
  TRY(clock_of(rt, f[0], clock));
  return new_float(rt, static_cast<f64>(rt.host->resolution_ns(clock)) * 1e-9);
}

// Sleeps with the whole machine, where tasklets cannot be switched.
Result sleep_in_place(Runtime& rt, i64 end) {
  for (;;) {
    i64 left = end - rt.host->now_ns(Clock::kMonotonic);
    if (left <= 0) return Result::none();
    int failed = rt.host->sleep_ns(left);
    if (failed == -EINTR && rt.host->interrupt_requested.exchange(false))
      return raise_value(rt, Value::from(new_exception(rt, TypeId::KeyboardInterrupt, Value::unbound())));
  }
}

// Parks the tasklet; the others and the other threads run meanwhile.
Result pause(Runtime& rt, Frame& f, i64 duration) {
  i64 end = deadline_after(rt, duration);
  if (check_may_switch(rt).is_raised()) {
    (void)take_raised(rt);
    return sleep_in_place(rt, end);
  }
  return sleep_until(rt, f, end);
}

// registers: seconds
Result time_sleep(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_int_like(f[0])) {
        i64 whole;
        if (!int_to_i64(f[0], whole) || whole > INT64_MAX / kSecond) {
          return raise(rt, TypeId::OverflowError, "timestamp too large to convert to C _PyTime_t");
        }
        f[0] = new_float(rt, static_cast<f64>(whole));
      } else if (!is_float(f[0])) {
        if (!has_special(rt, f[0], Special::Index)) {
          return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                       type_name(rt, f[0]));
        }
        AWAIT(1, to_float(rt, f, f[0]));
        f[0] = r.value();
      }
      {
        f64 duration = float_value(f[0]);
        if (std::isnan(duration)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
        if (duration < 0) return raise(rt, TypeId::ValueError, "sleep length must be non-negative");
        if (duration > 9e9)
          return raise(rt, TypeId::OverflowError, "timestamp too large to convert to C _PyTime_t");
        f.set_step(2);
        r = pause(rt, f, static_cast<i64>(duration * 1e9));
        if (!r.is_value()) return r;
      }
      [[fallthrough]];
    case 2:
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// --- calendar
// ---------------------------------------------------------------------------------------------------------

constexpr const char* kTimeFields[] = {"tm_year", "tm_mon",  "tm_mday",  "tm_hour", "tm_min",   "tm_sec",
                                       "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"};

Type* time_class(Runtime& rt) {
  Value module = dict_get_str(rt, *rt.modules, intern(rt, "time"));
  return to<Type>(module_get(rt, *to<Module>(module), "struct_time"));
}

Value time_record(Runtime& rt, const CalendarTime& t) {
  Value values[11] = {
      Value::from_int(t.year),          Value::from_int(t.month),    Value::from_int(t.day),
      Value::from_int(t.hour),          Value::from_int(t.minute),   Value::from_int(t.second),
      Value::from_int(t.weekday),       Value::from_int(t.year_day), Value::from_int(t.daylight),
      Value::from(new_str(rt, t.zone)), Value::from_int(t.offset)};
  return new_record(rt, time_class(rt), values);
}

// Seconds since the epoch from an optional argument; absent means now.
Result moment(Runtime& rt, Value v, i64& when) {
  if (v.is_unbound() || v.is_none()) {
    when = rt.host->now_ns(Clock::kWall) / kSecond;
    return Result::none();
  }
  if (is_float(v)) {
    f64 d = std::floor(float_value(v));
    if (std::isnan(d)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
    if (std::fabs(d) > 9e15)
      return raise(rt, TypeId::OverflowError, "timestamp out of range for platform time_t");
    when = static_cast<i64>(d);
    return Result::none();
  }
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, v));
  }
  if (int_to_i64(v, when)) return Result::none();
  return raise(rt, TypeId::OverflowError, "timestamp out of range for platform time_t");
}

Result broken_down(Runtime& rt, Value v, bool local) {
  i64 when;
  TRY(moment(rt, v, when));
  CalendarTime t;
  if (rt.host->calendar(when, local, t)) return time_record(rt, t);
  return raise_os_error(rt, EOVERFLOW, Value::none());
}
Result time_localtime(Runtime& rt, Frame& f) {
  return broken_down(rt, f[0], true);
}
Result time_gmtime(Runtime& rt, Frame& f) {
  return broken_down(rt, f[0], false);
}

// The nine items of a time tuple.
Result time_argument(Runtime& rt, Value v, CalendarTime& t) {
  Tuple* tuple = as<Tuple>(v);
  if (!tuple) return raise(rt, TypeId::TypeError, "Tuple or struct_time argument required");
  if (tuple->size != 9) return raise(rt, TypeId::TypeError, "time tuple must have exactly 9 elements");
  i64 n[9];
  for (int i = 0; i < 9; ++i) {
    if (!is_int_like(tuple->items[i]) || !int_to_i64(tuple->items[i], n[i])) {
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, tuple->items[i]));
    }
  }
  t = {};
  t.year = n[0];
  t.month = static_cast<i32>(n[1]);
  t.day = static_cast<i32>(n[2]);
  t.hour = static_cast<i32>(n[3]);
  t.minute = static_cast<i32>(n[4]);
  t.second = static_cast<i32>(n[5]);
  t.weekday = static_cast<i32>(n[6]);
  t.year_day = static_cast<i32>(n[7]);
  t.daylight = static_cast<i32>(n[8]);
  return Result::none();
}

Result check_ranges(Runtime& rt, CalendarTime& t) {
  // Zero stands for the first one, as CPython allows.
  if (t.month == 0) t.month = 1;
  if (t.day == 0) t.day = 1;
  if (t.year_day == 0) t.year_day = 1;
  auto complain = [&](const char* what) { return raise(rt, TypeId::ValueError, "%s out of range", what); };
  if (t.month < 1 || t.month > 12) return complain("month");
  if (t.day < 1 || t.day > 31) return complain("day of month");
  if (t.hour < 0 || t.hour > 23) return complain("hour");
  if (t.minute < 0 || t.minute > 59) return complain("minute");
  if (t.second < 0 || t.second > 61) return complain("seconds");
  if (t.weekday < -1) return complain("day of week");
  if (t.year_day < 1 || t.year_day > 366) return complain("day of year");
  return Result::none();
}

Result time_mktime(Runtime& rt, Frame& f) {
  CalendarTime t;
  TRY(time_argument(rt, f[0], t));
  i64 when;
  if (rt.host->from_local(t, when)) return new_float(rt, static_cast<f64>(when));
  return raise(rt, TypeId::OverflowError, "mktime argument out of range");
}

tm machine_time(const CalendarTime& t) {
  tm parts{};
  parts.tm_year = static_cast<int>(t.year - 1900);
  parts.tm_mon = t.month - 1;
  parts.tm_mday = t.day;
  parts.tm_hour = t.hour;
  parts.tm_min = t.minute;
  parts.tm_sec = t.second;
  parts.tm_wday = (t.weekday + 1) % 7;
  parts.tm_yday = t.year_day - 1;
  parts.tm_isdst = t.daylight;
  return parts;
}

// An absent time means now.
Result time_or_now(Runtime& rt, Value v, CalendarTime& t) {
  if (!v.is_unbound() && !v.is_none()) {
    TRY(time_argument(rt, v, t));
    return check_ranges(rt, t);
  }
  rt.host->calendar(rt.host->now_ns(Clock::kWall) / kSecond, true, t);
  return Result::none();
}

Result time_strftime(Runtime& rt, Frame& f) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError, "strftime() argument 1 must be str, not %s", argument_type(rt, f[0]));
  }
  CalendarTime t;
  TRY(time_or_now(rt, f[1], t));
  tm parts = machine_time(t);
  TextBuffer scratch;
  std::string format(str_utf8(to<Str>(f[0]), scratch));
  if (format.empty()) return Value::from(rt.names.empty);
  if (format.find_first_of("zZ") != std::string::npos) {
    // The zone's name and offset come from a round trip, as the tuple does not carry them. It takes longer
    // than everything else here.
    tm probe = parts;
    i64 ignored = mktime(&probe);
    (void)ignored;
    parts.tm_zone = probe.tm_zone;
    parts.tm_gmtoff = probe.tm_gmtoff;
  }
  std::string out(256 + format.size() * 8, '\0');
  size_t size = strftime(out.data(), out.size(), format.c_str(), &parts);
  return Value::from(new_str(rt, std::string_view(out).substr(0, size)));
}

Value date_text(Runtime& rt, const CalendarTime& t) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %lld", kDays[((t.weekday % 7) + 7) % 7],
           kMonths[(t.month - 1) % 12], t.day, t.hour, t.minute, t.second, static_cast<long long>(t.year));
  return Value::from(new_str(rt, text));
}

Result time_asctime(Runtime& rt, Frame& f) {
  CalendarTime t;
  TRY(time_or_now(rt, f[0], t));
  return date_text(rt, t);
}

Result time_ctime(Runtime& rt, Frame& f) {
  i64 when;
  TRY(moment(rt, f[0], when));
  CalendarTime t;
  if (rt.host->calendar(when, true, t)) return date_text(rt, t);
  return raise_os_error(rt, EOVERFLOW, Value::none());
}

// strptime is written in the language: the library's _strptime.
Result time_strptime(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_strptime"))}));
      if (f[1].is_unbound()) f[1] = Value::from(intern(rt, "%a %b %d %H:%M:%S %Y"));
      return call_method(rt, f, r.value(), intern(rt, "_strptime_time"), {f[0], f[1]});
  }
  LISLE_UNREACHABLE();
}

Result time_get_clock_info(Runtime& rt, Frame& f) {
  struct Row {
    const char* name;
    Clock clock;
    bool monotonic;
    const char* implementation;
  };
  constexpr Row kRows[] = {{"time", Clock::kWall, false, "clock_gettime(CLOCK_REALTIME)"},
                           {"monotonic", Clock::kMonotonic, true, "clock_gettime(CLOCK_MONOTONIC)"},
                           {"perf_counter", Clock::kMonotonic, true, "clock_gettime(CLOCK_MONOTONIC)"},
                           {"process_time", Clock::kProcess, true, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)"},
                           {"thread_time", Clock::kThread, true, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)"}};
  for (const Row& row : kRows) {
    if (!is_str(f[0]) || !str_equals(to<Str>(f[0]), row.name)) continue;
    f64 resolution = static_cast<f64>(rt.host->resolution_ns(row.clock)) * 1e-9;
    return make_record(rt, "time.clock_info",
                       {{"implementation", Value::from(new_str(rt, row.implementation))},
                        {"monotonic", Value::from_bool(row.monotonic)},
                        {"adjustable", Value::from_bool(!row.monotonic)},
                        {"resolution", new_float(rt, resolution)}});
  }
  return raise(rt, TypeId::ValueError, "unknown clock");
}

Result time_tzset(Runtime&, Frame&) {
  tzset();
  return Result::none();
}

constexpr NativeSpec kFunctions[] = {
    {"time", time_time, "()", "Seconds since the epoch."},
    {"time_ns", time_time_ns, "()", "Nanoseconds since the epoch."},
    {"monotonic", time_monotonic, "()", "A clock that cannot go backward."},
    {"monotonic_ns", time_monotonic_ns, "()", "A clock that cannot go backward, in nanoseconds."},
    {"perf_counter", time_monotonic, "()", "The clock for benchmarks."},
    {"perf_counter_ns", time_monotonic_ns, "()", "The clock for benchmarks, in nanoseconds."},
    {"process_time", time_process_time, "()", "Processor time of the process."},
    {"process_time_ns", time_process_time_ns, "()", "Processor time of the process, in nanoseconds."},
    {"thread_time", time_thread_time, "()", "Processor time of the thread."},
    {"thread_time_ns", time_thread_time_ns, "()", "Processor time of the thread, in nanoseconds."},
    {"clock_gettime", time_clock_gettime, "(clk_id, /)", "The time of a clock of the system, in seconds."},
    {"clock_gettime_ns", time_clock_gettime_ns, "(clk_id, /)",
     "The time of a clock of the system, in nanoseconds."},
    {"clock_getres", time_clock_getres, "(clk_id, /)",
     "The resolution of a clock of the system, in seconds."},
    {"sleep", time_sleep, "(seconds, /)", "Let this tasklet wait for a number of seconds.", 1, kSwitches},
    {"localtime", time_localtime, "(seconds=None, /)", "Convert seconds since the epoch to local time."},
    {"gmtime", time_gmtime, "(seconds=None, /)", "Convert seconds since the epoch to UTC."},
    {"mktime", time_mktime, "(tuple, /)", "Convert a local time tuple to seconds since the epoch."},
    {"strftime", time_strftime, "(format, tuple=None, /)", "Convert a time tuple to text."},
    {"strptime", time_strptime, "(string, format='', /)", "Parse a text to a time tuple.", 2},
    {"asctime", time_asctime, "(tuple=None, /)",
     "Convert a time tuple to a text like 'Sat Jun 06 16:26:11 1998'."},
    {"ctime", time_ctime, "(seconds=None, /)", "Convert seconds since the epoch to a text in local time."},
    {"get_clock_info", time_get_clock_info, "(name, /)", "Information about a clock."},
    {"tzset", time_tzset, "()", "Take the time zone from the environment again."},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "struct_time",
             Value::from(new_record_class(rt, "time.struct_time", kTimeFields, 9)));
  module_set(rt, module, "_STRUCT_TM_ITEMS", Value::from_int(11));
  std::string names[2];
  i64 west[2];
  bool has_daylight;
  rt.host->zone_names(names, west, has_daylight);
  Value pair[2] = {Value::from(new_str(rt, names[0])), Value::from(new_str(rt, names[1]))};
  module_set(rt, module, "tzname", Value::from(new_tuple_from(rt, pair, 2)));
  module_set(rt, module, "timezone", Value::from_int(west[0]));
  module_set(rt, module, "altzone", Value::from_int(west[1]));
  module_set(rt, module, "daylight", Value::from_int(has_daylight));
  module_set(rt, module, "CLOCK_REALTIME", Value::from_int(CLOCK_REALTIME));
  module_set(rt, module, "CLOCK_MONOTONIC", Value::from_int(CLOCK_MONOTONIC));
  module_set(rt, module, "CLOCK_MONOTONIC_RAW", Value::from_int(CLOCK_MONOTONIC_RAW));
  module_set(rt, module, "CLOCK_BOOTTIME", Value::from_int(CLOCK_BOOTTIME));
  module_set(rt, module, "CLOCK_PROCESS_CPUTIME_ID", Value::from_int(CLOCK_PROCESS_CPUTIME_ID));
  module_set(rt, module, "CLOCK_THREAD_CPUTIME_ID", Value::from_int(CLOCK_THREAD_CPUTIME_ID));
}

}  // namespace

extern const ModuleSpec kTimeModule = {"time", "Access to clocks and conversions of times.", kFunctions,
                                       setup};

}  // namespace lisle::rt
