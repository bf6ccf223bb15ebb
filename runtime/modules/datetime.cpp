// The module _datetime, which the library's datetime takes its classes from.
#include "runtime/modules/datetime.h"

#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr ClockTime kMidnight{};
constexpr ClockTime kLastClock{23, 59, 59, 999'999, 0};
constexpr CivilDate kFirstDate{kMinYear, 1, 1}, kLastDate{kMaxYear, 12, 31};

void set_limits(Runtime& rt, TypeId id, Value least, Value most, const DeltaParts& resolution) {
  Type* type = rt.type(id);
  auto set = [&](const char* name, Value v) { type_set_attribute(rt, type, intern(rt, name), v); };
  set("min", least);
  set("max", most);
  set("resolution", new_delta(rt, rt.type(TypeId::TimeDelta), resolution));
}

Value fixed_zone(Runtime& rt, const DeltaParts& offset) {
  return make_timezone(rt, new_delta(rt, rt.type(TypeId::TimeDelta), offset), Value::unbound()).value();
}

// The classes' attributes min, max and resolution are objects of the classes, so they are made here and not
// with the classes.
void set_all_limits(Runtime& rt) {
  constexpr DeltaParts kMicrosecond{0, 0, 1}, kDay{1, 0, 0};
  const Value none = Value::none();
  Type *delta = rt.type(TypeId::TimeDelta), *date = rt.type(TypeId::Date), *time = rt.type(TypeId::Time),
       *datetime = rt.type(TypeId::DateTime);
  const PackedDate first = PackedDate::of(kFirstDate), last = PackedDate::of(kLastDate);
  const PackedClock midnight = PackedClock::of(kMidnight), end = PackedClock::of(kLastClock);
  set_limits(rt, TypeId::TimeDelta, new_delta(rt, delta, {-999'999'999, 0, 0}),
             new_delta(rt, delta, {999'999'999, 86'399, 999'999}), kMicrosecond);
  set_limits(rt, TypeId::Date, new_date(rt, date, first), new_date(rt, date, last), kDay);
  set_limits(rt, TypeId::Time, new_time(rt, time, midnight, none), new_time(rt, time, end, none),
             kMicrosecond);
  set_limits(rt, TypeId::DateTime, new_datetime(rt, datetime, first, midnight, none),
             new_datetime(rt, datetime, last, end, none), kMicrosecond);
  Type* zone = rt.type(TypeId::TimeZone);
  type_set_attribute(rt, zone, intern(rt, "min"), fixed_zone(rt, {-1, 60, 0}));
  type_set_attribute(rt, zone, intern(rt, "max"), fixed_zone(rt, {0, 86'340, 0}));
}

void set_up(Runtime& rt, Module& module) {
  set_all_limits(rt);
  for (const TypeId id :
       {TypeId::Date, TypeId::Time, TypeId::DateTime, TypeId::TimeDelta, TypeId::TzInfo, TypeId::TimeZone}) {
    Type* type = rt.type(id);
    module_set(rt, module, type->name->latin1(), Value::from(type));
  }
  module_set(rt, module, "MINYEAR", Value::from_int(kMinYear));
  module_set(rt, module, "MAXYEAR", Value::from_int(kMaxYear));
  module_set(rt, module, "UTC", utc_zone(rt));
}

}  // namespace

extern const ModuleSpec kDatetimeModule;
const ModuleSpec kDatetimeModule = {"_datetime", "Fast implementation of the datetime type.", {}, set_up};

}  // namespace lisle::rt
