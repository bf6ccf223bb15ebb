// Literals as values.
#include "vm/compiler/literal.h"

#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::compiler {

using ast::ConstantValue;
using rt::Value;

rt::Value literal_value(rt::Runtime& rt, const ConstantValue& c) {
  switch (c.kind) {
    case ConstantValue::Kind::None:
      return Value::none();
    case ConstantValue::Kind::True:
      return Value::true_();
    case ConstantValue::Kind::False:
      return Value::false_();
    case ConstantValue::Kind::Ellipsis:
      return Value::ellipsis();
    case ConstantValue::Kind::Int:
      if (c.is_small) return rt::new_int(rt, c.small);
      return rt::int_from_digits(rt, c.text.data(), c.text.size(), c.base);
    case ConstantValue::Kind::Float:
      return rt::new_float(rt, c.number);
    case ConstantValue::Kind::Complex:
      return rt::new_complex(rt, 0, c.number);
    case ConstantValue::Kind::Bytes:
      return Value::from(rt::new_bytes(rt, c.text));
    case ConstantValue::Kind::Str:
      return Value::from(rt::new_str(rt, c.text));
  }
  __builtin_unreachable();
}

}  // namespace lisle::compiler
