// Grows a network with FANN's cascade training and says, after each neuron, how long it took and how well it does on
// test rows. bench/peers/fann compiles and calls it.
//
// Usage: fann-cascade TRAIN TEST NEURONS SECONDS SEED default|example mean|wrong
//
// TRAIN and TEST are files in FANN's own format. Training ends at NEURONS neurons, after SECONDS of training, or where
// no test row is wrong. `default` keeps the candidates of the library (10 functions, 4 steepnesses, 2 of each: 80), and
// `example` takes those of FANN's example cascade_train.c (8 with a symmetric sigmoid). As in that example the network
// has shortcuts, linear outputs and RPROP. `wrong` says that the outputs are classes, coded as -1 and 1: training then
// stops at the bits that fail, as in the example.
//
// Prints a line for each number of neurons: the neurons, the seconds of training so far (the test rows are not in
// them), the share of test rows whose class is wrong, and the mean square error of each output.
#include <fann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct fann_train_data *test;
static double started, limit, seconds;
static int classes;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

/// The output that stands for the class: with one output its sign.
static unsigned class_of(const fann_type *outputs, unsigned count) {
  if (count == 1) return outputs[0] > 0;
  unsigned best = 0;
  for (unsigned k = 1; k < count; k++)
    if (outputs[k] > outputs[best]) best = k;
  return best;
}

/// Prints a line of the path, and returns the number of wrong rows.
static unsigned report(struct fann *network) {
  unsigned rows = fann_length_train_data(test), outputs = fann_get_num_output(network), wrong = 0;
  double *squares = calloc(outputs, sizeof *squares);
  for (unsigned row = 0; row < rows; row++) {
    const fann_type *wanted = test->output[row], *answer = fann_run(network, test->input[row]);
    wrong += class_of(answer, outputs) != class_of(wanted, outputs);
    for (unsigned k = 0; k < outputs; k++) squares[k] += (answer[k] - wanted[k]) * (answer[k] - wanted[k]);
  }
  unsigned neurons = fann_get_total_neurons(network) - fann_get_num_input(network) - outputs - 1;
  printf("%u %.6f %.9g", neurons, seconds, (double)wrong / rows);
  for (unsigned k = 0; k < outputs; k++) printf(" %.9g", squares[k] / rows);
  printf("\n");
  fflush(stdout);
  free(squares);
  return wrong;
}

/// FANN calls this before each new neuron; -1 ends the training. The clock stands still meanwhile.
static int FANN_API between_neurons(struct fann *network, struct fann_train_data *data, unsigned most, unsigned every,
                                    float wanted, unsigned epochs) {
  (void)data, (void)most, (void)every, (void)wanted, (void)epochs;
  seconds = now() - started;
  double paused = now();
  unsigned wrong = report(network);
  started += now() - paused;
  return seconds >= limit || (classes && wrong == 0) ? -1 : 0;
}

int main(int count, char **words) {
  if (count != 8) return fprintf(stderr, "usage: see the head of fann-cascade.c\n"), 64;
  struct fann_train_data *train = fann_read_train_from_file(words[1]);
  test = fann_read_train_from_file(words[2]);
  if (!train || !test) return 66;
  unsigned neurons = atoi(words[3]);
  limit = atof(words[4]);
  classes = strcmp(words[7], "wrong") == 0;

  struct fann *network =
      fann_create_shortcut(2, fann_num_input_train_data(train), fann_num_output_train_data(train));
  srand(atoi(words[5]));  // creating a network seeds by the clock and draws weights: both are done again
  fann_randomize_weights(network, -0.1f, 0.1f);
  fann_set_training_algorithm(network, FANN_TRAIN_RPROP);
  fann_set_activation_function_output(network, FANN_LINEAR);
  fann_set_train_error_function(network, FANN_ERRORFUNC_LINEAR);
  if (strcmp(words[6], "example") == 0) {
    enum fann_activationfunc_enum function = FANN_SIGMOID_SYMMETRIC;
    fann_type steepness = 1;
    fann_set_cascade_activation_steepnesses(network, &steepness, 1);
    fann_set_cascade_activation_functions(network, &function, 1);
    fann_set_cascade_num_candidate_groups(network, 8);
  }
  if (classes) {
    fann_set_bit_fail_limit(network, 0.9f);
    fann_set_train_stop_function(network, FANN_STOPFUNC_BIT);
  }
  fann_set_callback(network, between_neurons);

  started = now();
  fann_cascadetrain_on_data(network, train, neurons, 1, 0);
  seconds = now() - started;
  report(network);
  fann_destroy(network);
  return 0;
}
