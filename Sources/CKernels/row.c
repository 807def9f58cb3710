// One row through a network.

#include "cambium_kernels.h"
#include "vectorise.h"

INLINE void add_to_sums(const cambium_fan_out *network, size_t source, double response, double *sums) {
  for (size_t c = network->starts[source]; c < network->starts[source + 1]; c++) {
    const cambium_connection connection = network->connections[c];
    sums[connection.sum] += connection.weight * response;
  }
  for (size_t c = network->radial_starts[source]; c < network->radial_starts[source + 1]; c++) {
    const cambium_radial_connection connection = network->radial_connections[c];
    const double distance = connection.width * (response - connection.centre);
    sums[connection.sum] -= distance * distance;
  }
}

INLINE double clipped(double x, double low, double high) {
  const double raised = x < low ? low : x;
  return raised > high ? high : raised;
}

VECTORISED void cambium_answer_row(const cambium_fan_out *network, const double *inputs, size_t stride, double largest,
                                   double *sums) {
  for (size_t s = 0; s < network->sums; s++) sums[s] = 0;
  add_to_sums(network, 0, 1, sums);
  for (size_t j = 0; j < network->inputs; j++)
    add_to_sums(network, 1 + j, clipped(inputs[j * stride], -largest, largest), sums);
  for (size_t u = 0; u < network->units; u++) {
    const cambium_unit *unit = network->unit + u;
    double value = sums[unit->first];
    if (unit->second != unit->first) value *= sums[unit->second];
    cambium_values(unit->function, 1, &value, &value);
    const double response = unit->factor * (clipped(value, unit->low, unit->high) - unit->centre);
    add_to_sums(network, 1 + network->inputs + u, response, sums);
  }
}
