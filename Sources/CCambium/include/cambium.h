// Cambium for programs in C, and in whatever calls C: grow a network on arrays, predict, save, export.
//
// Texts are UTF-8 and end with a zero byte; texts and bytes that a function returns are the caller's, who gives them back
// to cambium_free. A function that may fail has a last argument `error`: where it fails, it returns null (or another value
// than 0) and, unless `error` is null, leaves a text there that says what was found and what was expected.
// No argument ends the program: null, negative sizes and unfit texts are errors like others. What cannot be checked is
// that an array is as long as it is said to be. All functions may be called from any thread.
#ifndef CAMBIUM_H
#define CAMBIUM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A matrix of numbers that the caller keeps: entry (i, j) is values[i * row_stride + j * column_stride]. Strides count
// numbers, not bytes, and may be negative. Not-a-number is a missing value.
typedef struct {
  const double *values;
  int64_t rows;
  int64_t columns;
  int64_t row_stride;
  int64_t column_stride;
} cambium_matrix;

// A grown network with what prepares its inputs and turns its outputs into answers.
typedef struct cambium_model cambium_model;

// A wish that growth end, which another thread may utter.
typedef struct cambium_stop cambium_stop;

// Hears of growth, on any of its threads: `event` is a JSON object, valid during the call alone. Its key "event" says
// which it is: "stage", "decision" (with "text"), "round" (with the figures of a round), "trialRound" (the same, with the
// name of the network "of").
typedef void (*cambium_listener)(void *context, const char *event);

// The version of the library, to be freed.
char *cambium_version(void);

// Every key of a growth's spec with its default, a JSON object, to be freed.
char *cambium_default_spec(char **error);

// Gives back what another function returned; null is nothing.
void cambium_free(void *memory);

// Makes a wish that is not uttered yet.
cambium_stop *cambium_stop_create(void);
// Utters it: growth ends with the round that it is in and keeps the best network so far.
void cambium_stop_request(const cambium_stop *stop);
// Frees it; growth that listens to it must have ended.
void cambium_stop_free(cambium_stop *stop);

// Grows a network on N samples, N >= 2.
//
// features: N x d. targets: regression: N x m numbers; classes: N x 1, the place of each sample's class, counted from 0,
// in the list of classes. weights: N numbers >= 0, null for 1 each; a sample of weight 0 is left out.
// request: a JSON object, or null for the defaults. Its keys:
//   "columns"  d different names of the inputs; x0, x1, ... unless given
//   "targets"  m further names; y, or y0, y1, ... unless given
//   "classes"  the names of the classes, at least two; numbers are predicted unless given
//   "spec"     keys of a growth's spec, as in a YAML file; defaults stay where it says nothing
//   "committee"  keys of a committee's spec, such as {"members": 5}: so many networks, whose mean is the answer
//   "seed"     0 ... 2^64 - 1, default 1
//   "threads"  1 ... 1024, default 1; changes no bit of the result
//   "data"     what the model calls the data that it came from, default "array"
// listener, context: who hears of it; null for nobody. stop: null where nobody will ask for an end.
// report: unless null, a JSON object is left there, to be freed: "report" (how growth went, round by round), "training" and
// "heldOut" (errors; null where nothing was held out), "notes" (what was decided).
cambium_model *cambium_grow(const cambium_matrix *features, const cambium_matrix *targets, const double *weights,
                            const char *request, cambium_listener listener, void *context, const cambium_stop *stop,
                            char **report, char **error);

// Reads the bytes of a model file of a grown network, or of a committee of them, whose inputs are numbers.
//
// columns: a JSON list of the names of the columns that predictions will be asked for, in order; null for those that the
// model reads.
cambium_model *cambium_model_read(const uint8_t *bytes, int64_t count, const char *columns, char **error);

// Frees a model; null is nothing.
void cambium_model_free(cambium_model *model);

// The bytes of a model file, `count` of them, to be freed.
uint8_t *cambium_model_bytes(const cambium_model *model, int64_t *count, char **error);

// What a model is, a JSON object, to be freed: "task", "columns", "inputs" (those of the columns that are read), "targets",
// "classes", "units", "connections", "prunedConnections", "depth", "provenance".
char *cambium_model_describe(const cambium_model *model, char **error);

// What a model computes, as text for readers, to be freed.
char *cambium_model_explain(const cambium_model *model, char **error);

// Answers for N samples: their numbers, or the probability of each class.
//
// features: N x d. outputs: room for N x m numbers (classes: one of each), row after row; rows and columns say how much
// room there is, and must be N and m. threads: 1 ... 1024. Returns 0 where all went well.
int32_t cambium_model_predict(const cambium_model *model, const cambium_matrix *features, int32_t threads,
                              double *outputs, int64_t rows, int64_t columns, char **error);

// A model for other programs, `count` bytes, to be freed.
//
// format: c, swift, python, onnx, sympy, latex or dot. options: a JSON object or null; "name" (of functions and types,
// default "model"), "precision" ("float", "float-only" or "double"), "digits" (of formulas).
uint8_t *cambium_model_export(const cambium_model *model, const char *format, const char *options, int64_t *count,
                              char **error);

#ifdef __cplusplus
}
#endif

#endif
