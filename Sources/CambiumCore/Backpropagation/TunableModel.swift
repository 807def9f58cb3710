/// A model of which backpropagation can go on training all weights, whatever learner made it.
package protocol TunableModel: Predictor {
  /// Its structure, and the weights it has, laid out as that says.
  var tunable: (network: any BackpropagatedNetwork, parameters: [Double]) { get }
  /// The same structure with other weights, which were trained on `data`; nil where a number is not finite.
  func tuned(to parameters: [Double], on data: Dataset, workers: WorkerPool) -> Self?
}
