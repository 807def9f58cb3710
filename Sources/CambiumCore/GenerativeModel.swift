/// A model that has learned what inputs are like, and so can make some up.
public protocol GenerativeModel: Predictor {
  /// `count` × d encoded inputs that the model makes up; nil where its generative half was not kept.
  ///
  /// - Parameters:
  ///   - steps: Turns of Gibbs sampling from random states, at least 0. The more, the closer to draws from the model.
  ///   - asMeans: Whether an input is the mean of its unit given the hidden states drawn last, instead of a draw.
  ///   - random: Where the draws come from.
  func madeUpInputs(_ count: Int, steps: Int, asMeans: Bool, random: RandomStream) -> Matrix?
}
