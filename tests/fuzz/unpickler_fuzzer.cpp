// Any bytes are a pickle: reading them yields an object or an exception, and whatever came out can be shown,
// iterated, called and run as a tasklet, never with a crash. Classes and functions are found in a short list
// of modules alone, because a pickle may call what it names.
//
// make_pickles.py writes pickles to begin with.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lisle/vm.h"

namespace {

constexpr const char* kDriver = R"py(
import sys, stackless, itertools, collections, functools, operator, types, copyreg, weakref, threading, queue
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
import io, pickle
import _revive
_modules = {'_revive', 'builtins', 'copyreg', '_codecs', 'itertools', 'collections', 'functools', 'operator', 'types',
            'stackless', '__main__', 'weakref', '_thread', 'threading', 'queue', 'io', '_io'}
_outside = {'open', 'input', 'breakpoint', 'exit', 'quit', 'help', '__import__', 'exec', 'eval', 'compile', 'print',
            'open_code', 'FileIO', 'start_new_thread', 'interrupt_main', 'allocate_lock', 'setrecursionlimit'}

class _Reader(pickle.Unpickler):
    def find_class(self, module, name):
        if module not in _modules or not _outside.isdisjoint(name.split('.')):
            raise pickle.UnpicklingError('left out')
        return super().find_class(module, name)

def _use(v, depth=0):
    for what in (repr, iter, len, hash, bool, lambda v: v == v, lambda v: list(itertools.islice(v, 5)), lambda v: v(),
                 lambda v: next(v), lambda v: v.send(None), lambda v: v.throw(ValueError), lambda v: v.insert(),
                 lambda v: v.__reduce_ex__(4), lambda v: pickle.dumps(v)):
        try:
            what(v)
        except Exception:
            pass
    if isinstance(v, (list, tuple)) and depth < 3:
        for item in v[:8]:
            _use(item, depth + 1)

def _drive(data):
    # Read opcode by opcode, and with all that follows in sight.
    for file in io.BytesIO(data), io.BufferedReader(io.BytesIO(data)):
        try:
            read = _Reader(file).load()
        except Exception:
            continue
        _use(read)

def _run(text):
    task = stackless.tasklet(_drive)(bytes.fromhex(text))
    try:
        stackless.run(20000)
    except BaseException:
        pass
)py";

lisle::Settings settings() {
  lisle::Settings result;
  result.max_memory = size_t{64} << 20;
  result.no_site = result.ignore_environment = true;
  result.write_cache = false;
  return result;
}

std::string hex(const uint8_t* data, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    text += kDigits[data[i] >> 4];
    text += kDigits[data[i] & 15];
  }
  return text;
}

}  // namespace

// A Vm serves many inputs, because making one takes longer than most of them; then a new one forgets what
// they have done to it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static lisle::Vm* vm = nullptr;
  static int served = 0;
  constexpr int kMostServed = 200;
  if (!vm) {
    vm = new lisle::Vm(settings());
    vm->run_text(kDriver, "<driver>");
  }
  vm->call(vm->global("_run"), {vm->text(hex(data, size))});
  if (++served == kMostServed) {
    vm->finish(0);
    delete vm;
    vm = nullptr;
    served = 0;
  }
  return 0;
}
