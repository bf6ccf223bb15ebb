// Proxies: weak references that stand for their object in every operation.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// weakref.ProxyType or weakref.CallableProxyType, made for the module when it is set up.
Type* new_proxy_class(Runtime& rt, const char* name, bool callable);

}  // namespace lisle::rt
