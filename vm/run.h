// Calling the program from the host with arguments written in place.
#pragma once
#include <initializer_list>

#include "vm/interp/run.h"

namespace lisle::vm {

inline rt::Result run(rt::Runtime& rt, rt::Value callable, std::initializer_list<rt::Value> args) {
  return interp::run_callable(rt, callable, args.begin(), static_cast<u32>(args.size()));
}

}  // namespace lisle::vm
