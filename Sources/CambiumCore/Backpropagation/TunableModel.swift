/// A model of which backpropagation can go on training all weights, whatever learner made it.
package protocol TunableModel: Predictor {
  /// Its structure, of whose hidden units such a share drops out in training, and the weights it has, laid out as that says.
  func tunable(dropout: Dropout) -> (network: any BackpropagatedNetwork, parameters: [Double])
  /// The same structure with other weights, which were trained on `data`; nil where a number is not finite.
  func tuned(to parameters: [Double], on data: Dataset, workers: WorkerPool) -> Self?
}
