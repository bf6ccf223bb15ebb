// The layouts of the classes of the module datetime. All of them are immutable; what they hold was in range
// when the program stated it, but pickles may spell anything that fits the bytes (a month is always
// in 1..12).
//
// A subclass keeps the layout of its base. DateTime is a kind of its own although datetime is a subclass of
// date: see date_of().
#pragma once
#include "runtime/object/object.h"
#include "runtime/support/calendar.h"

namespace lisle::rt {

struct Runtime;

struct DeltaParts {
  i32 days, seconds, microseconds;
  friend bool operator==(const DeltaParts&, const DeltaParts&) = default;
};

struct TimeDelta : Object {
  static constexpr Kind kKind = Kind::TimeDelta;
  DeltaParts parts;  // 0 <= seconds < one day, 0 <= microseconds < one second

  size_t byte_size() const { return sizeof(TimeDelta); }
  template <class V>
  void visit(V&&) {}
};

// Dates and clocks in their narrow form.
struct PackedDate {
  u16 year;
  u8 month, day;
  static PackedDate of(const CivilDate& d) {
    return {static_cast<u16>(d.year), static_cast<u8>(d.month), static_cast<u8>(d.day)};
  }
  CivilDate civil() const { return {year, month, day}; }
};
struct PackedClock {
  u8 hour, minute, second, fold;
  u32 microsecond;
  static PackedClock of(const ClockTime& c) {
    return {static_cast<u8>(c.hour), static_cast<u8>(c.minute), static_cast<u8>(c.second),
            static_cast<u8>(c.fold), static_cast<u32>(c.microsecond)};
  }
  ClockTime clock() const { return {hour, minute, second, static_cast<i32>(microsecond), fold}; }
};

struct Date : Object {
  static constexpr Kind kKind = Kind::Date;
  PackedDate date;

  size_t byte_size() const { return sizeof(Date); }
  template <class V>
  void visit(V&&) {}
};

struct Time : Object {
  static constexpr Kind kKind = Kind::Time;
  PackedClock clock;
  Value zone;  // None, or an instance of tzinfo
  i64 hash;    // 0: not computed yet

  size_t byte_size() const { return sizeof(Time); }
  template <class V>
  void visit(V&& v) {
    v(zone);
  }
};

struct DateTime : Object {
  static constexpr Kind kKind = Kind::DateTime;
  PackedDate date;
  PackedClock clock;
  Value zone;  // as in Time
  i64 hash;

  size_t byte_size() const { return sizeof(DateTime); }
  template <class V>
  void visit(V&& v) {
    v(zone);
  }
};

// timezone: a fixed offset.
struct TimeZone : Object {
  static constexpr Kind kKind = Kind::TimeZone;
  Value offset;  // TimeDelta
  Value name;    // Str, or None

  size_t byte_size() const { return sizeof(TimeZone); }
  template <class V>
  void visit(V&& v) {
    v(offset);
    v(name);
  }
};

// --- what is asked of keys and of what is sorted: runtime/modules/datetime_moment.cpp
// The hash of a value of these kinds, and the order of two of one kind (less than, equal to or greater than
// zero), as the classes say it. False for other kinds, and where a zone would have to be asked or an error
// raised.
bool moment_hash_at_once(Runtime& rt, Value v, i64& hash);
bool moment_order_at_once(Runtime& rt, Value a, Value b, int& order);

}  // namespace lisle::rt
