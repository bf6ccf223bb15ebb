// What time and datetime do alike: they ask their zone, compare, hash and write themselves in ISO 8601.
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// Orders as the bytes of the state do, which may spell what no clock shows.
i64 sortable_clock(const PackedClock& c) {
  return i64{c.hour} << 40 | i64{c.minute} << 32 | i64{c.second} << 24 | c.microsecond;
}

i64 offset_of(Value answer) {
  return offset_microseconds(to<TimeDelta>(answer)->parts);
}

bool same_offset(Value a, Value b) {
  if (is_delta(a) && is_delta(b)) return offset_of(a) == offset_of(b);
  return a == b;
}

// The order of two moments as their own clocks show them: less than, equal to or greater than zero.
int local_order(Value a, Value b) {
  if (is_datetime(a))
    if (const int order = date_order(packed_date(a), packed_date(b)); order != 0) return order;
  return order_of(sortable_clock(packed_clock(a)), sortable_clock(packed_clock(b)));
}

// Of the offsets of times only whole seconds count.
i64 universal(Value moment, Value offset) {
  const DeltaParts& parts = to<TimeDelta>(offset)->parts;
  return local_microseconds(moment) - offset_microseconds(parts) + (is_time(moment) ? parts.microseconds : 0);
}

// The order of two moments whose offsets are known (None: naive); false when only one of them is naive.
bool known_order(Value a, Value b, Value offset_a, Value offset_b, int& order) {
  if (same_offset(offset_a, offset_b)) {
    order = local_order(a, b);
    return true;
  }
  if (!is_delta(offset_a) || !is_delta(offset_b)) return false;
  const i64 left = universal(a, offset_a), right = universal(b, offset_b);
  order = order_of(left, right);
  return true;
}

Result compare_known(Runtime& rt, CompareOp op, Value a, Value b, Value offset_a, Value offset_b) {
  int order;
  if (known_order(a, b, offset_a, offset_b, order)) return Result::boolean(comparison_holds(op, order, 0));
  if (op == CompareOp::Eq || op == CompareOp::Ne) return Result::boolean(op == CompareOp::Ne);
  return raise(rt, TypeId::TypeError, "can't compare offset-naive and offset-aware %s",
               is_time(a) ? "times" : "datetimes");
}

Result compare_moments(Runtime& rt, Frame& f, CompareOp op) {
  const Value a = f[0], b = f[1];
  if (a.object()->kind != (b.is_object() ? b.object()->kind : Kind::Free)) {
    // A datetime is a date, but not one that others should compare by its date alone.
    if (!is_datetime(a) || !is_date(b)) return Value::not_implemented();
    if (op == CompareOp::Eq || op == CompareOp::Ne) return Result::boolean(op == CompareOp::Ne);
    return raise_not_comparable(rt, a, b);
  }
  int order;
  if (moment_order_at_once(rt, a, b, order)) return Result::boolean(comparison_holds(op, order, 0));
  const Value offset_a = known_answer(rt, zone_of(a), ZoneQuestion::kOffset);
  const Value offset_b = known_answer(rt, zone_of(b), ZoneQuestion::kOffset);
  if (offset_a.is_unbound() || offset_b.is_unbound())
    return call_internal(rt, f, Internal::CompareMoments, {Value::from_int(static_cast<i64>(op)), a, b});
  return compare_known(rt, op, a, b, offset_a, offset_b);
}

Result ask_own_zone(Runtime& rt, Frame& f, Value moment, ZoneQuestion question) {
  return ask_zone(rt, f, zone_of(moment), question, asking(moment));
}

// The offset if the hour that a clock shows twice were the other one. (PEP 495)
Result ask_other_fold(Runtime& rt, Frame& f, Value moment) {
  const auto& self = *to<DateTime>(moment);
  return ask_own_zone(rt, f, with_fold(rt, self, !self.clock.fold), ZoneQuestion::kOffset);
}

i64 hash_of_state(Runtime& rt, Value moment) {
  u8 state[kMostStateBytes];
  u8* end = state;
  if (is_datetime(moment)) {
    write_date(packed_date(moment), state);
    end += 4;
  }
  write_clock(packed_clock(moment), end);
  return text_hash(rt.hash_key, state, static_cast<size_t>(end + 6 - state));
}

i64& cached_hash(Value moment) {
  return is_time(moment) ? to<Time>(moment)->hash : to<DateTime>(moment)->hash;
}

// Equal moments have equal hashes whatever their zones are, so it is that of the time since a fixed one.
i64 finish_hash(Runtime& rt, Value moment, Value offset) {
  if (offset.is_none()) return cached_hash(moment) = hash_of_state(rt, moment);
  const auto [days, rest] = floor_divide(local_microseconds(moment) - offset_of(offset), kDayMicroseconds);
  return cached_hash(moment) =
             delta_hash({static_cast<i32>(days), static_cast<i32>(rest / kSecondMicroseconds),
                         static_cast<i32>(rest % kSecondMicroseconds)});
}

// --- ISO 8601

enum class Precision : u8 { kHours, kMinutes, kSeconds, kMilliseconds, kMicroseconds };
constexpr const char* kTimespecs[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds"};

// Unbound when there is no such precision.
Value precision_of(Value timespec, u32 microsecond) {
  if (timespec.is_unbound() || str_equals(to<Str>(timespec), "auto"))
    return Value::from_int(
        static_cast<i64>(microsecond == 0 ? Precision::kSeconds : Precision::kMicroseconds));
  for (u32 i = 0; i < std::size(kTimespecs); ++i)
    if (str_equals(to<Str>(timespec), kTimespecs[i])) return Value::from_int(i);
  return Value::unbound();
}

void append_clock(TextBuffer& out, const ClockTime& clock, Precision precision) {
  append_padded(out, clock.hour, 2);
  if (precision == Precision::kHours) return;
  out.append(':');
  append_padded(out, clock.minute, 2);
  if (precision == Precision::kMinutes) return;
  out.append(':');
  append_padded(out, clock.second, 2);
  if (precision == Precision::kSeconds) return;
  out.append('.');
  if (precision == Precision::kMilliseconds)
    append_padded(out, clock.microsecond / 1000, 3);
  else
    append_padded(out, clock.microsecond, 6);
}

Result finish_isoformat(Runtime& rt, Value self, Value separator, Value precision, Value offset) {
  TextBuffer out;
  if (is_datetime(self)) {
    append_iso_date(out, date_of(self));
    out.append(static_cast<u32>(separator.as_int()));
  }
  append_clock(out, packed_clock(self).clock(), one_of(precision, Precision::kMicroseconds));
  if (!offset.is_none()) append_offset(out, to<TimeDelta>(offset)->parts, ":");
  return Value::from(new_str_from(rt, out));
}

Result finish_repr(Runtime& rt, Value self, const TextBuffer& numbers, const Str* zone) {
  TextBuffer out;
  out.append_utf8(type_name(rt, self));
  out.append('(');
  out.append_units(numbers.units(), numbers.width_log2(), numbers.length(), numbers.is_ascii());
  const bool fold = packed_clock(self).fold;
  if (fold && is_datetime(self)) out.append_ascii(", fold=1");
  if (zone) {
    out.append_ascii(", tzinfo=");
    append_str(out, zone);
  }
  if (fold && is_time(self)) out.append_ascii(", fold=1");
  out.append(')');
  return Value::from(new_str_from(rt, out));
}

}  // namespace

i64 local_microseconds(Value moment) {
  const i64 clock = microseconds_of(packed_clock(moment).clock());
  return is_time(moment) ? clock : ordinal_of(moment) * kDayMicroseconds + clock;
}

// --- what the zone says

Result moment_utcoffset(Runtime& rt, Frame& f) {
  return ask_own_zone(rt, f, f[0], ZoneQuestion::kOffset);
}
Result moment_dst(Runtime& rt, Frame& f) {
  return ask_own_zone(rt, f, f[0], ZoneQuestion::kDst);
}
Result moment_tzname(Runtime& rt, Frame& f) {
  return ask_own_zone(rt, f, f[0], ZoneQuestion::kName);
}

// --- comparing and hashing

bool comparison_holds(CompareOp op, i64 left, i64 right) {
  switch (op) {
    case CompareOp::Lt:
      return left < right;
    case CompareOp::Le:
      return left <= right;
    case CompareOp::Eq:
      return left == right;
    case CompareOp::Ne:
      return left != right;
    case CompareOp::Gt:
      return left > right;
    case CompareOp::Ge:
      return left >= right;
  }
  LISLE_UNREACHABLE();
}

Result raise_not_comparable(Runtime& rt, Value a, Value b) {
  const std::string left = type_name(rt, a);
  return raise(rt, TypeId::TypeError, "can't compare %s to %s", left.c_str(), type_name(rt, b));
}

template <CompareOp op>
Result moment_compare(Runtime& rt, Frame& f) {
  return compare_moments(rt, f, op);
}
template Result moment_compare<CompareOp::Lt>(Runtime&, Frame&);
template Result moment_compare<CompareOp::Le>(Runtime&, Frame&);
template Result moment_compare<CompareOp::Eq>(Runtime&, Frame&);
template Result moment_compare<CompareOp::Ne>(Runtime&, Frame&);
template Result moment_compare<CompareOp::Gt>(Runtime&, Frame&);
template Result moment_compare<CompareOp::Ge>(Runtime&, Frame&);

// operation, left, right; their offsets.
Result compare_moments_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const CompareOp op = one_of(f[0], CompareOp::Ge);
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_own_zone(rt, f, f[1], ZoneQuestion::kOffset));
      f[3] = r.value();
      AWAIT(2, ask_own_zone(rt, f, f[2], ZoneQuestion::kOffset));
      f[4] = r.value();
      {
        const Value holds = TRY(compare_known(rt, op, f[1], f[2], f[3], f[4]));
        const bool is_equality = op == CompareOp::Eq || op == CompareOp::Ne;
        if (!is_equality || holds.is_true() != (op == CompareOp::Eq) || is_time(f[1])) return holds;
      }
      // A moment whose offset depends on the fold is equal to none of another zone.
      AWAIT(3, ask_other_fold(rt, f, f[1]));
      if (!same_offset(r.value(), f[3])) return Result::boolean(op == CompareOp::Ne);
      AWAIT(4, ask_other_fold(rt, f, f[2]));
      if (!same_offset(r.value(), f[4])) return Result::boolean(op == CompareOp::Ne);
      return Result::boolean(op == CompareOp::Eq);
  }
  LISLE_UNREACHABLE();
}

Result moment_hash(Runtime& rt, Frame& f) {
  i64 hash;
  if (moment_hash_at_once(rt, f[0], hash)) return new_int(rt, hash);
  return call_internal(rt, f, Internal::HashMoment, {f[0]});
}

// The moment. Its hash must not depend on its fold, because it is equal to the one with the other fold.
Result hash_moment_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_zone(rt, f, zone_of(f[0]), ZoneQuestion::kOffset,
                        is_datetime(f[0]) && packed_clock(f[0]).fold ? with_fold(rt, *to<DateTime>(f[0]), 0)
                                                                     : asking(f[0])));
      return new_int(rt, finish_hash(rt, f[0], r.value()));
  }
  LISLE_UNREACHABLE();
}

i64 date_hash(Runtime& rt, const PackedDate& date) {
  u8 state[4];
  write_date(date, state);
  return text_hash(rt.hash_key, state, sizeof state);
}

bool moment_hash_at_once(Runtime& rt, Value v, i64& hash) {
  switch (v.object()->kind) {
    case Kind::TimeDelta:
      hash = delta_hash(to<TimeDelta>(v)->parts);
      return true;
    case Kind::Date:
      hash = date_hash(rt, packed_date(v));
      return true;
    case Kind::Time:
    case Kind::DateTime: {
      hash = cached_hash(v);
      if (hash != 0) return true;
      const Value offset = known_answer(rt, zone_of(v), ZoneQuestion::kOffset);
      if (offset.is_unbound()) return false;
      hash = finish_hash(rt, v, offset);
      return true;
    }
    default:
      return false;
  }
}

bool moment_order_at_once(Runtime& rt, Value a, Value b, int& order) {
  switch (a.object()->kind) {
    case Kind::TimeDelta:
      order = delta_order(to<TimeDelta>(a)->parts, to<TimeDelta>(b)->parts);
      return true;
    case Kind::Date:
      order = date_order(packed_date(a), packed_date(b));
      return true;
    case Kind::Time:
    case Kind::DateTime: {
      if (zone_of(a) == zone_of(b)) {
        order = local_order(a, b);
        return true;
      }
      const Value offset_a = known_answer(rt, zone_of(a), ZoneQuestion::kOffset);
      const Value offset_b = known_answer(rt, zone_of(b), ZoneQuestion::kOffset);
      return !offset_a.is_unbound() && !offset_b.is_unbound() && known_order(a, b, offset_a, offset_b, order);
    }
    default:
      return false;
  }
}

// --- texts

void append_padded(TextBuffer& out, i64 number, u32 width) {
  char digits[24];
  const std::string_view text = decimal_text(number, digits);
  for (size_t i = text.size(); i < width; ++i) out.append('0');
  out.append_ascii(text);
}

void append_iso_date(TextBuffer& out, const CivilDate& date) {
  append_padded(out, date.year, 4);
  out.append('-');
  append_padded(out, date.month, 2);
  out.append('-');
  append_padded(out, date.day, 2);
}

Result moment_isoformat(Runtime& rt, Frame& f, Value separator, Value timespec) {
  const Value self = f[0];
  if (!timespec.is_unbound() && !is_str(timespec))
    return raise(rt, TypeId::TypeError, "isoformat() argument %d must be str, not %s", is_time(self) ? 1 : 2,
                 argument_type(rt, timespec));
  const Value precision = precision_of(timespec, packed_clock(self).microsecond);
  if (precision.is_unbound()) return raise(rt, TypeId::ValueError, "Unknown timespec value");
  const Value offset = known_answer(rt, zone_of(self), ZoneQuestion::kOffset);
  if (offset.is_unbound()) return call_internal(rt, f, Internal::FormatMoment, {self, separator, precision});
  return finish_isoformat(rt, self, separator, precision, offset);
}

// moment, separator, precision.
Result format_moment_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_own_zone(rt, f, f[0], ZoneQuestion::kOffset));
      return finish_isoformat(rt, f[0], f[1], f[2], r.value());
  }
  LISLE_UNREACHABLE();
}

Result moment_repr(Runtime& rt, Frame& f, const TextBuffer& numbers) {
  if (zone_of(f[0]).is_none()) return finish_repr(rt, f[0], numbers, nullptr);
  return call_internal(rt, f, Internal::ReprMoment, {f[0], Value::from(new_str_from(rt, numbers))});
}

// moment, its numbers as text.
Result repr_moment_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, zone_of(f[0])));
      TextBuffer numbers;
      append_str(numbers, to<Str>(f[1]));
      return finish_repr(rt, f[0], numbers, to<Str>(r.value()));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt
