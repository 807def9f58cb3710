// Holds the header's place: the functions are written in Swift, in CambiumC.
#include "cambium.h"
