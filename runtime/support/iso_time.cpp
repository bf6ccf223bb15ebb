#include "runtime/support/iso_time.h"

#include <algorithm>

namespace lisle::rt {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes pieces off the front of a text. What lies behind the end reads as a zero byte.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_end() const { return at_ >= text_.size(); }
  size_t left() const { return text_.size() - at_; }
  char take() {
    const char c = peek();
    ++at_;
    return c;
  }
  void put_back() { --at_; }
  bool skip(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool digits(size_t count, i32& number) {
    number = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!is_digit(peek())) return false;
      number = number * 10 + (text_[at_++] - '0');
    }
    return true;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

bool parse_week_date(Reader& in, i32 year, bool separated, CivilDate& date) {
  IsoWeek week{year, 0, 1};
  if (!in.digits(2, week.week)) return false;
  if (!in.at_end()) {
    if (separated && !in.skip('-')) return false;
    if (!in.digits(1, week.weekday)) return false;
  }
  if (year < kMinYear || year > kMaxYear || !has_iso_week(year, week.week)) return false;
  if (week.weekday < 1 || week.weekday > 7) return false;
  date = civil_of(ordinal_of_week(week));
  return true;
}

// kMore: there is something behind what could be read. Nobody minds when an offset follows.
enum class Form { kWrong, kWhole, kMore };

// Digits behind the decimal mark: six count, the others are dropped.
Form parse_fraction(Reader& in, i32& microsecond) {
  const size_t count = std::min<size_t>(in.left(), 6);
  if (!in.digits(count, microsecond)) return Form::kWrong;
  for (size_t i = count; i < 6; ++i) microsecond *= 10;
  while (is_digit(in.peek())) in.take();
  return in.at_end() ? Form::kWhole : Form::kMore;
}

// HH, MM and SS, of which the last ones may be missing.
Form parse_clock(std::string_view text, ClockTime& clock) {
  Reader in(text);
  clock = {};
  bool separated = true;
  for (i32* part : {&clock.hour, &clock.minute, &clock.second}) {
    if (!in.digits(2, *part)) return Form::kWrong;
    if (in.at_end()) return Form::kWhole;
    const char c = in.take();
    if (part == &clock.hour) separated = c == ':';
    if (in.at_end()) return Form::kMore;
    if (separated && c == ':') continue;
    if (c == '.' || c == ',') return parse_fraction(in, clock.microsecond);
    if (separated) return Form::kWrong;
    in.put_back();
  }
  return parse_fraction(in, clock.microsecond);
}

}  // namespace

bool parse_iso_date(std::string_view text, CivilDate& date) {
  Reader in(text);
  i32 year;
  if (!in.digits(4, year)) return false;
  const bool separated = in.skip('-');
  if (in.skip('W')) return parse_week_date(in, year, separated, date);
  date.year = year;
  if (!in.digits(2, date.month)) return false;
  if (separated && !in.skip('-')) return false;
  return in.digits(2, date.day);
}

bool parse_iso_time(std::string_view text, IsoTime& time) {
  time = {};
  const size_t mark = text.find_first_of("+-Z");
  const Form form = parse_clock(text.substr(0, mark), time.clock);
  if (mark == std::string_view::npos) return form == Form::kWhole;
  if (form == Form::kWrong) return false;
  time.has_offset = true;
  if (text[mark] == 'Z') return mark + 1 == text.size();
  ClockTime offset;
  if (parse_clock(text.substr(mark + 1), offset) != Form::kWhole) return false;
  time.offset = text[mark] == '-' ? -microseconds_of(offset) : microseconds_of(offset);
  return true;
}

size_t iso_date_end(std::string_view text) {
  constexpr size_t kShortWeek = 7, kCompact = 8, kFull = 10;
  const size_t size = text.size();
  if (size == kShortWeek) return kShortWeek;
  if (text[4] == '-') {
    if (text[5] != 'W') return kFull;
    if (size <= kCompact || text[kCompact] != '-') return kCompact;
    if (size == kCompact + 1) return 0;
    // Behind "2020-W01-" may stand the day of the week, or the hour with a hyphen as separator. Two digits
    // are taken for an hour, because nobody separates by a digit.
    return size > kFull && is_digit(text[kFull]) ? kCompact : kFull;
  }
  if (text[4] != 'W') return kCompact;
  // Parts of the time have two digits each, so an odd number of digits says that the first one is the day of
  // the week.
  size_t end = kShortWeek;
  while (end < size && is_digit(text[end])) ++end;
  if (end <= kCompact) return end;
  return end % 2 == 0 ? kShortWeek : kCompact;
}

}  // namespace lisle::rt
