// The import system. A dotted name is imported part by part: sys.modules, then the native modules, then the
// library inside the executable, then the folders of sys.path or of the parent package.
#include "runtime/modules/import.h"

#include <string>

#include "runtime/builtins/tables.h"
#include "runtime/builtins/warn.h"
#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/modules/boot.h"
#include "runtime/modules/import_lock.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"

namespace lisle::rt {
namespace {

std::string text_of(Value v) {
  TextBuffer scratch;
  return std::string(str_utf8(to<Str>(v), scratch));
}

// What the search found for one name.
struct Found {
  enum class Kind : u8 { kNothing, kModule, kPackage, kNamespace } kind = Kind::kNothing;
  std::string file;                  // the source, empty for namespace packages
  std::vector<std::string> folders;  // of a package
};

bool is_file(Runtime& rt, const std::string& path) {
  struct ::stat info;
  return rt.host->stat(path.c_str(), true, info) == 0 && S_ISREG(info.st_mode);
}
bool is_folder(Runtime& rt, const std::string& path) {
  struct ::stat info;
  return rt.host->stat(path.c_str(), true, info) == 0 && S_ISDIR(info.st_mode);
}

void search_folder(Runtime& rt, std::string folder, const std::string& name, Found& found) {
  if (!folder.starts_with('/')) {
    std::string here;
    rt.host->current_directory(here);
    folder = folder.empty() || folder == "." ? here : here + '/' + folder;
  }
  if (folder.back() != '/') folder += '/';
  std::string base = folder + name;
  if (is_folder(rt, base)) {
    if (is_file(rt, base + "/__init__.py")) {
      found = {Found::Kind::kPackage, base + "/__init__.py", {base}};
      return;
    }
    // A folder without __init__.py is a portion of a namespace package, unless a later entry has the real
    // thing.
    if (!is_file(rt, base + ".py")) {
      found.kind = Found::Kind::kNamespace;
      found.folders.push_back(base);
      return;
    }
  }
  if (is_file(rt, base + ".py")) found = {Found::Kind::kModule, base + ".py", {}};
}

Found search(Runtime& rt, Value folders, const std::string& name) {
  Found found;
  const Value* items = nullptr;
  u64 count = 0;
  if (List* list = as<List>(folders)) {
    items = list->items ? list->items->items : nullptr;
    count = list->size;
  } else if (Tuple* tuple = as<Tuple>(folders)) {
    items = tuple->items;
    count = tuple->size;
  }
  for (u64 i = 0; i < count; ++i) {
    if (!is_str(items[i])) continue;
    search_folder(rt, text_of(items[i]), name, found);
    if (found.kind == Found::Kind::kModule || found.kind == Found::Kind::kPackage) break;
  }
  return found;
}

Value path_list(Runtime& rt, const std::vector<std::string>& folders) {
  List* list = new_list(rt);
  for (const std::string& folder : folders) list_append(rt, *list, Value::from(new_str(rt, folder)));
  return Value::from(list);
}

std::string_view parent_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

// The class of __spec__ objects until importlib is there: made with the first one, kept in the namespace of
// sys.
Type* spec_class(Runtime& rt) {
  Value known = module_get(rt, *rt.sys, "_module_spec");
  if (is_type(known)) return to<Type>(known);
  Type* type = new_native_class(rt, "importlib.machinery", "ModuleSpec", rt.type(TypeId::Object));
  module_set(rt, *rt.sys, "_module_spec", Value::from(type));
  return type;
}

// The loader of a module with that file, None as long as importlib was not imported.
Value new_loader(Runtime& rt, Str* name, Value origin) {
  const Tuple* machinery = import_machinery(rt);
  if (!machinery) return Value::none();
  if (!is_str(origin)) return machinery->items[kBuiltinImporter];
  Instance* loader = new_instance(rt, to<Type>(machinery->items[kSourceLoader]));
  set_own_attribute(rt, loader, rt.names.name_attr, Value::from(name));
  set_own_attribute(rt, loader, intern(rt, "path"), origin);
  return Value::from(loader);
}

Value new_spec(Runtime& rt, Str* name, Value loader, Value origin, Value search_path) {
  const Tuple* machinery = import_machinery(rt);
  Type* type = machinery ? to<Type>(machinery->items[kSpecClass]) : spec_class(rt);
  Instance* spec = new_instance(rt, type);
  auto set = [&](const char* attribute, Value v) { set_own_attribute(rt, spec, intern(rt, attribute), v); };
  set("name", Value::from(name));
  set("loader", loader);
  set("origin", origin);
  set("submodule_search_locations", search_path);
  set("_initializing", Value::true_());
  if (machinery) {
    if (loader == machinery->items[kBuiltinImporter]) set("origin", Value::from(intern(rt, "built-in")));
    set("loader_state", Value::none());
    set("_uninitialized_submodules", Value::from(new_list(rt)));
    set("_set_fileattr", Value::from_bool(is_str(origin)));
    set("_cached", Value::none());
    return Value::from(spec);
  }
  std::string full = text_of(Value::from(name));
  set("parent", search_path.is_none() ? Value::from(new_str(rt, parent_of(full))) : Value::from(name));
  set("has_location", Value::from_bool(is_str(origin)));
  set("cached",
      is_str(origin) ? Value::from(new_str(rt, place_in_pycache(rt, text_of(origin)))) : Value::none());
  return Value::from(spec);
}

// What importing tells of a module in its own namespace.
void describe_module(Runtime& rt, Module& module, Str* name, Value origin, Value search_path) {
  Value loader = new_loader(rt, name, origin);
  dict_set_str(rt, *module.dict, rt.names.loader, loader);
  dict_set_str(rt, *module.dict, rt.names.spec, new_spec(rt, name, loader, origin, search_path));
}

void finish_spec(Runtime& rt, Value module) {
  Module* m = as<Module>(module);
  if (!m || !m->dict) return;
  Value spec = dict_get_str(rt, *m->dict, rt.names.spec);
  if (spec.is_object() && spec.object()->kind == Kind::Instance) {
    set_own_attribute(rt, spec.object(), intern(rt, "_initializing"), Value::false_());
  }
}

Result raise_not_found(Runtime& rt, const std::string& name, const std::string& addition) {
  return raise_import_error(rt, TypeId::ModuleNotFoundError, "No module named '" + name + "'" + addition,
                            Value::from(new_str(rt, name)), Value::none());
}

// Is that a file, or a place inside of one, as archives have them?
bool lies_in_file(Runtime& rt, std::string path) {
  while (!path.empty() && !is_folder(rt, path)) {
    if (is_file(rt, path)) return true;
    size_t slash = path.rfind('/');
    path.resize(slash == std::string::npos ? 0 : slash);
  }
  return false;
}

// Is something among the folders that only path hooks know how to read?
bool has_files(Runtime& rt, Value folders) {
  const List* list = as<List>(folders);
  for (u64 i = 0; list && i < list->size; ++i) {
    if (is_str(list->items->items[i]) && lies_in_file(rt, text_of(list->items->items[i]))) return true;
  }
  return false;
}

// The module of the machine or of the library inside the executable; unbound when there is none of that name.
// `body` as for make_module().
Result make_own_module(Runtime& rt, Str* name, const std::string& full, Value& body) {
  if (const ModuleSpec* native = find_native_module(full)) {
    Module* module = load_native_module(rt, *native);
    if (import_machinery(rt)) {
      describe_module(rt, *module, name, Value::none(), Value::none());
      finish_spec(rt, Value::from(module));
    }
    return Value::from(module);
  }
  std::string_view embedded;
  bool is_package = false;
  if (!rt.hooks || !rt.hooks->embedded_module || !rt.hooks->embedded_module(full, embedded, is_package)) {
    return Value::unbound();
  }
  Module* module = new_source_module(rt, name, "", is_package ? new_list(rt) : nullptr);
  body = TRY(module_body(rt, *module, embedded, new_str(rt, "<lisle " + full + ">")));
  return Value::from(module);
}

// Makes the module for what was found; `body` is unbound for modules that are ready. Unbound when the
// program's finders have to be asked.
Result make_module(Runtime& rt, Str* name, Value folders, const std::string& tail, Value& body) {
  body = Value::unbound();
  std::string full = text_of(Value::from(name));
  Value own = TRY(make_own_module(rt, name, full, body));
  if (!own.is_unbound()) return own;
  Found found = search(rt, folders, tail);
  bool archive =
      found.kind != Found::Kind::kModule && found.kind != Found::Kind::kPackage && has_files(rt, folders);
  if (archive || (found.kind == Found::Kind::kNamespace && import_machinery(rt))) return Value::unbound();
  if (found.kind == Found::Kind::kNothing) return raise_not_found(rt, full, "");
  List* path = nullptr;
  if (found.kind != Found::Kind::kModule) path = to<List>(path_list(rt, found.folders));
  if (found.kind == Found::Kind::kNamespace) {
    Module* module = new_source_module(rt, name, "", path);
    finish_spec(rt, Value::from(module));
    return Value::from(module);
  }
  std::string source;
  flush_writers(rt);
  int failed = rt.host->read_file(found.file.c_str(), source);
  Str* filename = new_str(rt, found.file);
  if (failed) return raise_os_error(rt, -failed, Value::from(filename));
  Module* module = new_source_module(rt, name, found.file, path);
  Result made = module_body(rt, *module, source, filename);
  if (made.is_raised()) {
    dict_delete_str(rt, *rt.modules, name);
    return made;
  }
  body = made.value();
  return Value::from(module);
}

}  // namespace

std::string place_in_pycache(Runtime& rt, const std::string& file) {
  size_t slash = file.rfind('/');
  std::string folder = slash == std::string::npos ? "" : file.substr(0, slash + 1);
  std::string stem = file.substr(folder.size());
  if (stem.ends_with(".py")) stem.resize(stem.size() - 3);
  const std::string name = stem + "." + std::string(kCacheTag) + ".pyc";
  Value prefix = module_get(rt, *rt.sys, "pycache_prefix");
  if (!is_str(prefix)) return folder + "__pycache__/" + name;
  if (!folder.starts_with('/')) {
    std::string here;
    rt.host->current_directory(here);
    folder = here + '/' + folder;
  }
  return text_of(prefix) + folder + name;
}

bool is_initializing(Runtime& rt, Value module) {
  Module* m = as<Module>(module);
  if (!m || !m->dict) return false;
  Value spec = dict_get_str(rt, *m->dict, rt.names.spec);
  if (!is_kind(spec, Kind::Instance)) return false;
  return own_attribute(rt, spec.object(), intern(rt, "_initializing")).is_true();
}

Result import_own_module(Runtime& rt, Str* name, Value& body) {
  body = Value::unbound();
  return make_own_module(rt, intern(rt, name), text_of(Value::from(name)), body);
}

const Tuple* import_machinery(Runtime& rt) {
  return as<Tuple>(module_get(rt, *rt.sys, "_import_machinery"));
}

Result raise_import_error(Runtime& rt, TypeId type, std::string_view message, Value name, Value path) {
  Exception* e = new_exception(rt, type, Value::from(new_str(rt, message)));
  e->extra[kImportMsg] = e->args->items[0];
  e->extra[kImportName] = name;
  e->extra[kImportPath] = path;
  rt.heap.wrote(e);
  return raise_value(rt, Value::from(e));
}

Module* new_source_module(Runtime& rt, Str* name, std::string_view file, List* search_path) {
  name = intern(rt, name);
  Module* module = new_module(rt, name);
  Dict& dict = *module->dict;
  std::string full = text_of(Value::from(name));
  Value path = search_path ? Value::from(search_path) : Value::none();
  Value origin = file.empty() ? Value::none() : Value::from(new_str(rt, file));
  dict_set_str(rt, dict, rt.names.package,
               search_path ? Value::from(name) : Value::from(intern(rt, parent_of(full))));
  describe_module(rt, *module, name, origin, path);
  if (!origin.is_none()) {
    dict_set_str(rt, dict, rt.names.file, origin);
    dict_set_str(rt, dict, intern(rt, "__cached__"),
                 Value::from(new_str(rt, place_in_pycache(rt, std::string(file)))));
  }
  if (search_path) dict_set_str(rt, dict, rt.names.path, path);
  dict_set_str(rt, dict, rt.names.builtins, Value::from(rt.builtins->dict));
  dict_set_str(rt, *rt.modules, name, Value::from(module));
  return module;
}

Result module_body(Runtime& rt, Module& module, std::string_view source, Str* filename) {
  if (!rt.hooks || !rt.hooks->compile_cached)
    return raise(rt, TypeId::ImportError, "no compiler in this machine");
  rt.hooks->warnings.clear();  // of a source that nobody asked about; this one may come out of the cache
  Value code = TRY(rt.hooks->compile_cached(rt, source, filename));
  return Value::from(new_function(rt, to<Code>(code), module.dict));
}

// --- step machines
// ----------------------------------------------------------------------------------------------------

// Runs the body of a new module and forgets the module when it fails. registers: name, function, dict, what
// the compiler has to say of the source
Result import_body(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      hold_import(rt, to<Str>(f[0]));
      if (!f[3].is_none()) {
        AWAIT_CATCH(2, call_internal(rt, f, Internal::WarnOfSource,
                                     {f[1], Value::from(to<Function>(f[1])->code->filename), f[3]}));
        if (r.is_raised()) {
          release_import(rt, to<Str>(f[0]));
          dict_delete_str(rt, *rt.modules, to<Str>(f[0]));
          return r;
        }
      }
      AWAIT_CATCH(1, call(rt, f, f[1], {f[2]}));
      release_import(rt, to<Str>(f[0]));
      if (r.is_raised()) dict_delete_str(rt, *rt.modules, to<Str>(f[0]));
      return r;
  }
  LISLE_UNREACHABLE();
}

namespace {

// Has the program put finders or hooks of its own into sys, which decide what `name` means? While importlib
// itself is being imported, nobody is asked.
bool asks_program(Runtime& rt, Value name) {
  auto differs = [&](const char* name, const char* own) {
    const List* now = as<List>(module_get(rt, *rt.sys, name));
    const Tuple* native = as<Tuple>(module_get(rt, *rt.sys, own));
    if (!now || !native || now->size != native->size) return true;
    for (u64 i = 0; i < now->size; ++i) {
      if (now->items->items[i] != native->items[i]) return true;
    }
    return false;
  };
  if (module_get(rt, *rt.sys, "_import_starts").is_true()) return false;
  if (!import_machinery(rt) && text_of(name).starts_with("_frozen_importlib")) return false;
  return differs("meta_path", "_native_finders") || differs("path_hooks", "_native_hooks");
}

enum LoadRegister { kName, kStart, kParent, kPart, kModule, kBody, kFolders };

// The prefix of the name up to and including the part that starts at `start`.
Str* prefix_at(Runtime& rt, Str* name, u64 start, u64& end) {
  end = start;
  while (end < name->length && name->at(end) != '.') ++end;
  return intern(rt, end == name->length ? name : str_slice(rt, name, 0, end));
}

}  // namespace

// Imports the absolute dotted name in f[0] and yields its last module.
Result import_load(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  u64 end;
  Lock* lock;
  switch (f.step()) {
    case 0:
      f[kName] = Value::from(intern(rt, to<Str>(f[kName])));
      f[kModule] = dict_get_str(rt, *rt.modules, to<Str>(f[kName]));
      if (!f[kModule].is_unbound() && !f[kModule].is_none() && !foreign_import(rt, to<Str>(f[kName])))
        return f[kModule];
      f[kParent] = Value::unbound();
      for (f[kStart] = Value::from_int(0);
           f[kStart].as_int() <= static_cast<i64>(to<Str>(f[kName])->length);) {
        f[kPart] = Value::from(prefix_at(rt, to<Str>(f[kName]), static_cast<u64>(f[kStart].as_int()), end));
        lock = foreign_import(rt, to<Str>(f[kPart]));
        if (LISLE_UNLIKELY(lock != nullptr)) {
          f[kModule] = Value::from(lock);
          AWAIT(7, lock_wait(rt, f, *lock));
          // It was handed over, and nobody needs it any more but those who wait as well.
          lock_free(rt, *to<Lock>(f[kModule]));
          continue;
        }
        f[kModule] = dict_get_str(rt, *rt.modules, to<Str>(f[kPart]));
        if (f[kModule].is_none()) {
          std::string part = text_of(f[kPart]);
          return raise_import_error(rt, TypeId::ModuleNotFoundError,
                                    "import of " + part + " halted; None in sys.modules", f[kPart],
                                    Value::none());
        }
        if (f[kModule].is_unbound()) {
          if (f[kParent].is_unbound()) {
            f[kFolders] = module_get(rt, *rt.sys, "path");
          } else {
            AWAIT(1, get_attr_or_unbound(rt, f, f[kParent], rt.names.path));
            f[kFolders] = r.value();
            if (f[kFolders].is_unbound()) {
              std::string part = text_of(f[kPart]);
              return raise_not_found(rt, part, "; '" + std::string(parent_of(part)) + "' is not a package");
            }
            if (!is_kind(f[kFolders], Kind::List) && !is_kind(f[kFolders], Kind::Tuple)) {
              AWAIT(2, list_of(rt, f, f[kFolders]));
              f[kFolders] = r.value();
            }
          }
          f[kModule] = Value::unbound();
          if (!asks_program(rt, f[kPart])) {
            Str* part = to<Str>(f[kPart]);
            std::string tail = text_of(f[kPart]).substr(static_cast<size_t>(f[kStart].as_int()));
            Value body;
            f[kModule] = TRY(make_module(rt, part, f[kFolders], tail, body));
            f[kBody] = body;
          }
          if (f[kModule].is_unbound()) {
            AWAIT(5, call_internal(rt, f, Internal::ImportLoad,
                                   {Value::from(intern(rt, "_frozen_importlib_external"))}));
            AWAIT(6, call(rt, f, import_machinery(rt)->items[kFindAndLoad], {f[kPart]}));
            f[kParent] = r.value();
            f[kStart] = Value::from_int(static_cast<i64>(to<Str>(f[kPart])->length) + 1);
            continue;
          }
          if (!f[kBody].is_unbound()) {
            AWAIT(3, call_internal(rt, f, Internal::ImportBody,
                                   {f[kPart], f[kBody], Value::from(to<Module>(f[kModule])->dict),
                                    take_source_warnings(rt)}));
            finish_spec(rt, f[kModule]);
          }
          // The body may have put something else in its place.
          f[kModule] = dict_get_str(rt, *rt.modules, to<Str>(f[kPart]));
          if (f[kModule].is_unbound()) return raise_with(rt, TypeId::KeyError, f[kPart]);
          if (!f[kParent].is_unbound()) {
            AWAIT(4,
                  set_attr(rt, f, f[kParent],
                           intern(rt, str_slice(rt, to<Str>(f[kPart]), static_cast<u64>(f[kStart].as_int()),
                                                to<Str>(f[kPart])->length)),
                           f[kModule]));
          }
        }
        f[kParent] = f[kModule];
        f[kStart] = Value::from_int(static_cast<i64>(to<Str>(f[kPart])->length) + 1);
      }
      return f[kParent];
  }
  LISLE_UNREACHABLE();
}

namespace {

// The package that relative imports of a module start from.
Result package_of(Runtime& rt, Value globals, std::string& package) {
  Dict* space = as<Dict>(globals);
  if (!space && !globals.is_unbound() && !globals.is_none()) {
    return raise(rt, TypeId::TypeError, "globals must be a dict");
  }
  if (!space) return raise(rt, TypeId::KeyError, "'__name__' not in globals");
  Value declared = dict_get_str(rt, *space, rt.names.package);
  if (is_str(declared)) {
    package = text_of(declared);
  } else if (!declared.is_unbound() && !declared.is_none()) {
    return raise(rt, TypeId::TypeError, "package must be a string");
  } else {
    Value name = dict_get_str(rt, *space, rt.names.name);
    if (name.is_unbound()) return raise(rt, TypeId::KeyError, "'__name__' not in globals");
    if (!is_str(name)) return raise(rt, TypeId::TypeError, "__name__ must be a string");
    package = text_of(name);
    if (dict_get_str(rt, *space, rt.names.path).is_unbound()) package = parent_of(package);
  }
  if (!package.empty()) return Result::none();
  return raise_import_error(rt, TypeId::ImportError, "attempted relative import with no known parent package",
                            Value::none(), Value::none());
}

// The absolute name that `level` dots and `name` mean.
Result resolve_name(Runtime& rt, Value name, Value globals, i64 level, Value& absolute) {
  std::string package;
  TRY(package_of(rt, globals, package));
  std::string_view base = package;
  for (i64 i = 1; i < level; ++i) {
    base = parent_of(base);
    if (base.empty()) {
      return raise_import_error(rt, TypeId::ImportError, "attempted relative import beyond top-level package",
                                Value::none(), Value::none());
    }
  }
  std::string full(base);
  if (to<Str>(name)->length) full += "." + text_of(name);
  absolute = Value::from(new_str(rt, full));
  return Result::none();
}

enum ImportRegister {
  kImportName_,
  kGlobals,
  kLocals,
  kFromList,
  kLevel,
  kAbsolute,
  kImported,
  kImportRegisters
};

// What `import a.b.c` binds: `a`, or for relative imports the module that stands at its place.
Result first_module(Runtime& rt, Frame& f) {
  std::string name = text_of(f[kImportName_]), absolute = text_of(f[kAbsolute]);
  size_t dot = name.find('.');
  if (dot == std::string::npos) return f[kImported];
  std::string wanted = absolute.substr(0, absolute.size() - (name.size() - dot));
  Value module = dict_get_str(rt, *rt.modules, intern(rt, wanted));
  if (!module.is_unbound()) return module;
  return raise(rt, TypeId::KeyError, "'%s' not in sys.modules as expected", wanted.c_str());
}

}  // namespace

// __import__(name, globals, locals, fromlist, level)
Result import_name(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 level = 0;
  switch (f.step()) {
    case 0:
      if (!is_str(f[kImportName_])) return raise(rt, TypeId::TypeError, "module name must be a string");
      if (is_int_like(f[kLevel])) int_to_i64(f[kLevel], level);
      if (level < 0) return raise(rt, TypeId::ValueError, "level must be >= 0");
      if (level > 0) {
        TRY(resolve_name(rt, f[kImportName_], f[kGlobals], level, f[kAbsolute]));
      } else {
        if (to<Str>(f[kImportName_])->length == 0) return raise(rt, TypeId::ValueError, "Empty module name");
        f[kAbsolute] = f[kImportName_];
      }
      f[kImported] = dict_get_str(rt, *rt.modules, intern(rt, to<Str>(f[kAbsolute])));
      if (f[kImported].is_unbound() || f[kImported].is_none() || foreign_import(rt, to<Str>(f[kAbsolute]))) {
        AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {f[kAbsolute]}));
        f[kImported] = r.value();
      }
      if (f[kFromList].is_unbound() || f[kFromList].is_none()) return first_module(rt, f);
      AWAIT(2, truth(rt, f, f[kFromList]));
      if (r.value().is_false()) return to<Str>(f[kImportName_])->length ? first_module(rt, f) : f[kImported];
      AWAIT(3, get_attr_or_unbound(rt, f, f[kImported], rt.names.path));
      if (r.value().is_unbound()) return f[kImported];
      AWAIT(4, call_internal(rt, f, Internal::ImportFromList, {f[kImported], f[kFromList]}));
      return f[kImported];
  }
  LISLE_UNREACHABLE();
}

namespace {

enum FromListRegister { kPackage, kNames, kIterator, kItem, kFullName };

// Was that the complaint that exactly `name` does not exist?
bool is_missing(Runtime& rt, Value name) {
  if (!raised_is(rt, TypeId::ModuleNotFoundError)) return false;
  Exception* e = as<Exception>(rt.thread.raised);
  Value missing = e ? e->extra[kImportName] : Value::none();
  return is_str(missing) && str_equal(to<Str>(missing), to<Str>(name));
}

}  // namespace

// Imports the submodule in f[0] and ignores that it does not exist; what else goes wrong in it is raised.
Result import_optional(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_internal(rt, f, Internal::ImportLoad, {f[0]}));
      if (!r.is_raised() || !is_missing(rt, f[0])) return r;
      take_raised(rt);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// Loads the submodules of the package f[0] that a from-list names.
Result import_from_list(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[kNames]));
      f[kIterator] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[kIterator]));
        f[kItem] = r.value();
        if (f[kItem].is_exhausted()) return Result::none();
        if (!is_str(f[kItem])) {
          return raise(rt, TypeId::TypeError, "Item in ``from list'' must be str, not %s",
                       type_name(rt, f[kItem]));
        }
        if (str_equals(to<Str>(f[kItem]), "*")) {
          AWAIT(3, get_attr_or_unbound(rt, f, f[kPackage], rt.names.all));
          if (!r.value().is_unbound()) {
            AWAIT(4, call_internal(rt, f, Internal::ImportFromList, {f[kPackage], r.value()}));
          }
          continue;
        }
        AWAIT(5, get_attr_or_unbound(rt, f, f[kPackage], intern(rt, to<Str>(f[kItem]))));
        if (!r.value().is_unbound()) continue;
        AWAIT(6, get_attr(rt, f, f[kPackage], rt.names.name));
        if (!is_str(r.value())) return raise(rt, TypeId::TypeError, "__name__ must be a string");
        f[kFullName] = Value::from(intern(rt, text_of(r.value()) + "." + text_of(f[kItem])));
        AWAIT(7, call_internal(rt, f, Internal::ImportOptional, {f[kFullName]}));
      }
  }
  LISLE_UNREACHABLE();
}

// from f[0] import f[1]: the attribute, or the submodule that a cyclic import has not yet bound.
Result import_from(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], to<Str>(f[1])));
      if (!r.value().is_unbound()) return r.value();
      AWAIT(2, get_attr_or_unbound(rt, f, f[0], rt.names.name));
      f[2] = is_str(r.value()) ? r.value() : Value::none();
      if (is_str(f[2])) {
        Value module = dict_get_str(rt, *rt.modules, intern(rt, text_of(f[2]) + "." + text_of(f[1])));
        if (!module.is_unbound()) return module;
      }
      AWAIT(3, get_attr_or_unbound(rt, f, f[0], rt.names.file));
      {
        std::string message = "cannot import name '" + text_of(f[1]) + "' from ";
        if (is_initializing(rt, f[0])) {
          message += "partially initialized module '" +
                     (is_str(f[2]) ? text_of(f[2]) : "<unknown module name>") +
                     "' (most likely due to a circular import)";
        } else {
          message += "'" + (is_str(f[2]) ? text_of(f[2]) : "<unknown module name>") + "'";
        }
        message += is_str(r.value()) ? " (" + text_of(r.value()) + ")" : " (unknown location)";
        return raise_import_error(rt, TypeId::ImportError, message, f[2],
                                  is_str(r.value()) ? r.value() : Value::none());
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

enum StarRegister { kSource, kTarget, kStarNames, kStarIterator, kStarItem, kIsAll };

}  // namespace

// from f[0] import *: into the mapping f[1].
Result import_star(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, f[kSource], rt.names.all));
      f[kIsAll] = Value::from_bool(!r.value().is_unbound());
      f[kStarNames] = r.value();
      if (f[kIsAll].is_false()) {
        AWAIT(2, get_attr_or_unbound(rt, f, f[kSource], rt.names.dict));
        if (r.value().is_unbound()) {
          return raise(rt, TypeId::ImportError, "from-import-* object has no __dict__ and no __all__");
        }
        AWAIT(3, list_of(rt, f, r.value()));
        f[kStarNames] = r.value();
      }
      AWAIT(4, iter(rt, f, f[kStarNames]));
      f[kStarIterator] = r.value();
      for (;;) {
        AWAIT(5, next(rt, f, f[kStarIterator]));
        f[kStarItem] = r.value();
        if (f[kStarItem].is_exhausted()) return Result::none();
        if (!is_str(f[kStarItem])) {
          return raise(rt, TypeId::TypeError,
                       f[kIsAll].is_true() ? "Item in __all__ must be str, not %s"
                                           : "Key in __dict__ must be str, not %s",
                       type_name(rt, f[kStarItem]));
        }
        if (f[kIsAll].is_false() && to<Str>(f[kStarItem])->length && to<Str>(f[kStarItem])->at(0) == '_')
          continue;
        AWAIT(6, get_attr(rt, f, f[kSource], intern(rt, to<Str>(f[kStarItem]))));
        AWAIT(7, set_item(rt, f, f[kTarget], f[kStarItem], r.value()));
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

constexpr NativeSpec kFunctions[] = {
    {"__import__", import_name, "(name, globals=None, locals=None, fromlist=(), level=0)",
     "Import a module; what the import statement calls.", kImportRegisters},
};

}  // namespace

std::span<const NativeSpec> import_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt
