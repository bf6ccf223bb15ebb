// The grammar of ISO 8601 dates and times as fromisoformat() of the module datetime reads it: more than
// isoformat() writes, less than the standard allows. Only the form is looked at here: a month may be 99.
#pragma once
#include <string_view>

#include "runtime/support/calendar.h"

namespace lisle::rt {

// YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D] or YYYYWww[D]. False when it is none of them.
bool parse_iso_date(std::string_view text, CivilDate& date);

// HH[:MM[:SS[.ffffff]]], with or without colons, and Z or an offset of the same form behind it.
struct IsoTime {
  ClockTime clock;
  bool has_offset;
  i64 offset;  // microseconds east of UTC
};
bool parse_iso_time(std::string_view text, IsoTime& time);

// Where the date ends in a text of at least seven bytes that holds date and time; behind that place stands
// one character of any kind. Zero when there is no such place.
size_t iso_date_end(std::string_view text);

}  // namespace lisle::rt
