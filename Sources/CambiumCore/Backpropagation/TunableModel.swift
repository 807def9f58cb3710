/// A model of which backpropagation can go on training all weights, whatever learner made it.
package protocol TunableModel: Predictor {
  /// Its structure, of whose hidden units such a share drops out in training, and the weights it has, laid out as that says.
  func tunable(dropout: Dropout) -> (network: any BackpropagatedNetwork, parameters: [Double])
  /// Samples with the scores in place of their targets that make these the outputs; see ``Network/wantedScores(of:)``.
  func wantedScores(of data: Dataset) -> Dataset
  /// The same structure with other weights, which were trained on `data`; nil where a number is not finite.
  func tuned(to parameters: [Double], on data: Dataset, workers: WorkerPool) -> Self?
}

extension TunableModel {
  /// The samples themselves: scores are outputs.
  package func wantedScores(of data: Dataset) -> Dataset { data }
}
