// Arguments of the classes of datetime: numbers and their ranges, zones, and the bytes that pickles hold.
#include <algorithm>

#include "runtime/modules/datetime.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/bytes.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

bool is_number_or_absent(Value v) {
  return is_int_like(v) || v.is_unbound();
}

Result asked_number(Runtime& rt, Frame& f, Value v) {
  return to_index(rt, f, v);
}

Result number_argument(Runtime& rt, Value v, i32 fallback, i32& out) {
  i64 wide;
  out = fallback;
  if (v.is_unbound()) return Result::none();
  if (!is_int_like(v))
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, v));
  if (!int_to_i64(v, wide))
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C long");
  if (wide > INT32_MAX) return raise(rt, TypeId::OverflowError, "signed integer is greater than maximum");
  if (wide < INT32_MIN) return raise(rt, TypeId::OverflowError, "signed integer is less than minimum");
  out = static_cast<i32>(wide);
  return Result::none();
}

Result check_date(Runtime& rt, const CivilDate& date) {
  if (date.year < kMinYear || date.year > kMaxYear)
    return raise(rt, TypeId::ValueError, "year %d is out of range", date.year);
  if (date.month < 1 || date.month > 12) return raise(rt, TypeId::ValueError, "month must be in 1..12");
  if (date.day < 1 || date.day > days_in_month(date.year, date.month))
    return raise(rt, TypeId::ValueError, "day is out of range for month");
  return Result::none();
}

Result check_fold(Runtime& rt, i32 fold) {
  if (fold == 0 || fold == 1) return Result::none();
  return raise(rt, TypeId::ValueError, "fold must be either 0 or 1");
}

Result check_clock(Runtime& rt, const ClockTime& clock) {
  auto out_of = [&rt](const char* range) { return raise(rt, TypeId::ValueError, "%s", range); };
  if (clock.hour < 0 || clock.hour > 23) return out_of("hour must be in 0..23");
  if (clock.minute < 0 || clock.minute > 59) return out_of("minute must be in 0..59");
  if (clock.second < 0 || clock.second > 59) return out_of("second must be in 0..59");
  if (clock.microsecond < 0 || clock.microsecond >= kSecondMicroseconds)
    return out_of("microsecond must be in 0..999999");
  return check_fold(rt, clock.fold);
}

Result zone_argument(Runtime& rt, Value v) {
  if (v.is_unbound() || v.is_none()) return Result::none();
  if (is_instance(rt, v, rt.type(TypeId::TzInfo))) return v;
  return raise(rt, TypeId::TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
               type_name(rt, v));
}

Result required_date_arguments(Runtime& rt, const Value* arguments, CivilDate& date) {
  i32* const parts[] = {&date.year, &date.month, &date.day};
  constexpr const char* kNames[] = {"year", "month", "day"};
  for (u32 i = 0; i < std::size(parts); ++i) {
    if (arguments[i].is_unbound())
      return raise(rt, TypeId::TypeError, "function missing required argument '%s' (pos %u)", kNames[i],
                   i + 1);
    TRY(number_argument(rt, arguments[i], 0, *parts[i]));
  }
  return Result::none();
}

Result date_arguments(Runtime& rt, const Value* arguments, CivilDate& date) {
  TRY(number_argument(rt, arguments[0], date.year, date.year));
  TRY(number_argument(rt, arguments[1], date.month, date.month));
  return number_argument(rt, arguments[2], date.day, date.day);
}

Result clock_arguments(Runtime& rt, const Value* arguments, Value fold, ClockTime& clock) {
  TRY(number_argument(rt, arguments[0], clock.hour, clock.hour));
  TRY(number_argument(rt, arguments[1], clock.minute, clock.minute));
  TRY(number_argument(rt, arguments[2], clock.second, clock.second));
  TRY(number_argument(rt, arguments[3], clock.microsecond, clock.microsecond));
  return number_argument(rt, fold, clock.fold, clock.fold);
}

// --- states of pickles
// ---------------------------------------------------------------------------------------

Result read_state(Runtime& rt, Value state, const StateForm& form, u8 (&bytes)[kMostStateBytes]) {
  auto tells = [&form](u32 unit) {
    const u32 bare = unit & ~u32{kFoldBit};
    return unit < 256 && bare >= form.lowest && bare <= form.highest;
  };
  if (const auto* b = as<Bytes>(state)) {
    if (b->length != form.size || !tells(b->data[form.checked])) return Value::unbound();
    std::copy(b->data, b->data + form.size, bytes);
    return Result::none();
  }
  const auto* text = as<Str>(state);
  if (!text || text->length != form.size || !tells(text->at(form.checked))) return Value::unbound();
  for (u32 i = 0; i < form.size; ++i) {
    if (text->at(i) > 255)
      return raise(rt, TypeId::ValueError,
                   "Failed to encode latin1 string when unpickling %s object. "
                   "pickle.load(data, encoding='latin1') is assumed.",
                   form.name);
    bytes[i] = static_cast<u8>(text->at(i));
  }
  return Result::none();
}

Result check_state_zone(Runtime& rt, Value zone) {
  if (zone.is_unbound() || zone.is_none()) return Result::none();
  if (is_instance(rt, zone, rt.type(TypeId::TzInfo))) return zone;
  return raise(rt, TypeId::TypeError, "bad tzinfo state arg");
}

Value reduction(Runtime& rt, Value self, const u8* state, u32 size, Value zone) {
  Value parts[2] = {Value::from(new_bytes(rt, {reinterpret_cast<const char*>(state), size})), zone};
  Value pair[2] = {Value::from(type_of(rt, self)), Value()};
  pair[1] = Value::from(new_tuple_from(rt, parts, zone.is_none() ? 1 : 2));
  return Value::from(new_tuple_from(rt, pair, 2));
}

}  // namespace lisle::rt
