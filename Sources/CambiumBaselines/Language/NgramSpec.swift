internal import CambiumCore

/// How to learn what symbol follows others, by counting: an n-gram model with interpolated modified Kneser–Ney smoothing
/// (Kneser and Ney 1995; Chen and Goodman 1999).
///
/// A row's columns are texts, the symbols before the one to tell, in their order: the last column is the nearest. The class
/// is the symbol that follows. With u the last k symbols, u′ the last k − 1,
///
///     p_k(w | u) = max(c(u w) − D(c), 0) / c(u ·) + γ(u) p_(k−1)(w | u′),
///
/// where γ makes it sum to 1, and p before the first symbol is the same for all classes. c counts samples with all symbols;
/// with fewer, the different symbols that stood before u w: a symbol that follows one other alone, however often, is not
/// likely after a new one. D is 0 < D₁ < 1 of what was counted once, D₂ of twice, D₃ of more often; with n_j the number of
/// sequences that were counted j times and Y = n₁ / (n₁ + 2 n₂), D_j = j − (j + 1) Y n_(j+1) / n_j.
///
/// Its perplexity is e to the power of the mean log-loss.
public struct NgramSpec: Codable, Sendable, Equatable {
  /// n: as many symbols count, the one to tell among them, 1…32; 0: all columns. Default 0.
  public var order = 0

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws { try require(order, in: 0...32, "order") }
}
