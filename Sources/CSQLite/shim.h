// SQLite, the embedded database (https://sqlite.org).
#ifndef CAMBIUM_CSQLITE_SHIM_H
#define CAMBIUM_CSQLITE_SHIM_H
#include <sqlite3.h>
#endif
