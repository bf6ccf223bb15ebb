// The module errno: names of the system's error numbers.
#include <cerrno>

#include "runtime/runtime.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

struct Row {
  const char* name;
  int number;
};

#define LISLE_ERRNO(name) \
  { #name, name }
constexpr Row kRows[] = {
    LISLE_ERRNO(EPERM),         LISLE_ERRNO(ENOENT),       LISLE_ERRNO(ESRCH),
    LISLE_ERRNO(EINTR),         LISLE_ERRNO(EIO),          LISLE_ERRNO(ENXIO),
    LISLE_ERRNO(E2BIG),         LISLE_ERRNO(ENOEXEC),      LISLE_ERRNO(EBADF),
    LISLE_ERRNO(ECHILD),        LISLE_ERRNO(EWOULDBLOCK),  LISLE_ERRNO(EAGAIN),
    LISLE_ERRNO(ENOMEM),        LISLE_ERRNO(EACCES),       LISLE_ERRNO(EFAULT),
    LISLE_ERRNO(ENOTBLK),       LISLE_ERRNO(EBUSY),        LISLE_ERRNO(EEXIST),
    LISLE_ERRNO(EXDEV),         LISLE_ERRNO(ENODEV),       LISLE_ERRNO(ENOTDIR),
    LISLE_ERRNO(EISDIR),        LISLE_ERRNO(EINVAL),       LISLE_ERRNO(ENFILE),
    LISLE_ERRNO(EMFILE),        LISLE_ERRNO(ENOTTY),       LISLE_ERRNO(ETXTBSY),
    LISLE_ERRNO(EFBIG),         LISLE_ERRNO(ENOSPC),       LISLE_ERRNO(ESPIPE),
    LISLE_ERRNO(EROFS),         LISLE_ERRNO(EMLINK),       LISLE_ERRNO(EPIPE),
    LISLE_ERRNO(EDOM),          LISLE_ERRNO(ERANGE),       LISLE_ERRNO(EDEADLK),
    LISLE_ERRNO(ENAMETOOLONG),  LISLE_ERRNO(ENOLCK),       LISLE_ERRNO(ENOSYS),
    LISLE_ERRNO(ENOTEMPTY),     LISLE_ERRNO(ELOOP),        LISLE_ERRNO(ENOMSG),
    LISLE_ERRNO(EIDRM),         LISLE_ERRNO(EILSEQ),       LISLE_ERRNO(EOVERFLOW),
    LISLE_ERRNO(EPROTO),        LISLE_ERRNO(EBADMSG),      LISLE_ERRNO(EUSERS),
    LISLE_ERRNO(ENOTSOCK),      LISLE_ERRNO(EDESTADDRREQ), LISLE_ERRNO(EMSGSIZE),
    LISLE_ERRNO(EPROTOTYPE),    LISLE_ERRNO(ENOPROTOOPT),  LISLE_ERRNO(EPROTONOSUPPORT),
    LISLE_ERRNO(EOPNOTSUPP),    LISLE_ERRNO(EAFNOSUPPORT), LISLE_ERRNO(EADDRINUSE),
    LISLE_ERRNO(EADDRNOTAVAIL), LISLE_ERRNO(ENETDOWN),     LISLE_ERRNO(ENETUNREACH),
    LISLE_ERRNO(ENETRESET),     LISLE_ERRNO(ECONNABORTED), LISLE_ERRNO(ECONNRESET),
    LISLE_ERRNO(ENOBUFS),       LISLE_ERRNO(EISCONN),      LISLE_ERRNO(ENOTCONN),
    LISLE_ERRNO(ESHUTDOWN),     LISLE_ERRNO(ETIMEDOUT),    LISLE_ERRNO(ECONNREFUSED),
    LISLE_ERRNO(EHOSTDOWN),     LISLE_ERRNO(EHOSTUNREACH), LISLE_ERRNO(EALREADY),
    LISLE_ERRNO(EINPROGRESS),   LISLE_ERRNO(ESTALE),       LISLE_ERRNO(EDQUOT),
    LISLE_ERRNO(ECANCELED),     LISLE_ERRNO(EOWNERDEAD),   LISLE_ERRNO(ENOTRECOVERABLE),
    LISLE_ERRNO(ENOTSUP),       LISLE_ERRNO(ENODATA),
};
#undef LISLE_ERRNO

void setup(Runtime& rt, Module& module) {
  Dict* codes = new_dict(rt);
  Value shown = Value::from(codes);
  module_set(rt, module, "errorcode", shown);
  for (const Row& row : kRows) {
    module_set(rt, module, row.name, Value::from_int(row.number));
    dict_set_pure(rt, *codes, Value::from_int(row.number), Value::from(intern(rt, row.name)));
  }
}

}  // namespace

extern const ModuleSpec kErrnoModule = {"errno", "Names of the system's error numbers.", {}, setup};

}  // namespace lisle::rt
