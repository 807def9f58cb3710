/// How far the members of a committee were off on training samples that they had not learned, and the intervals that
/// follow from it.
///
/// Of sample i let M(i) be the members that left it out, μ₋ᵢ(x) the mean of their outputs, and Rᵢ = |yᵢ − μ₋ᵢ(xᵢ)|. With n
/// such samples the interval of level 1 − α around the committee's answer for x is
///
///     [ q⁻{ μ₋ᵢ(x) − Rᵢ },  q⁺{ μ₋ᵢ(x) + Rᵢ } ],
///
/// where q⁺ is the ⌈(1 − α)(n + 1)⌉-th smallest of the n values, and q⁻ as many from the other end. It is wide where the
/// members disagree as well as where they erred. By bagging this is the jackknife+ after bootstrap (Kim, Xu and
/// Barber 2020), by folds CV+ (Barber, Candès, Ramdas and Tibshirani 2021). Whatever the data, learner and noise, as long
/// as samples are exchangeable, such intervals hold the answer with probability 1 − 2α at least, up to terms that fall
/// with n (and by bagging for a number of members that is itself drawn), and in practice with about 1 − α. The same holds
/// for each output by itself.
///
/// By seeds no member leaves a sample out, but its learner may have held some out to choose by, before it learned them too.
/// Then Rᵢ is the residual of that earlier model and M(i) are all members: the interval is the committee's answer ± the
/// quantile of the residuals, as in split conformal prediction (Papadopoulos et al. 2002), and rests on the committee's
/// being no worse than one model of fewer samples. That is no theorem, and such intervals are mostly wider than need be.
public struct LeftOutResiduals: Sendable, Equatable {
  /// Samples that the same members left out.
  public struct Group: Sendable, Equatable, Codable {
    /// M: which members, counted from 0, rising.
    public let members: [Int]
    /// R: n × m, none below 0.
    public let residuals: Matrix

    /// Makes a group.
    public init(members: [Int], residuals: Matrix) {
      self.members = members
      self.residuals = residuals
    }
  }

  /// No more samples are kept: the share that a quantile of so many cuts off is known to within 1 %.
  package static let largestCount = 1000

  /// The groups, no two of the same members.
  public let groups: [Group]

  /// Makes residuals of at least one group.
  public init(groups: [Group]) { self.groups = groups }

  /// n, the number of samples.
  public var count: Int { groups.reduce(0) { $0 + $1.residuals.rows } }

  /// The highest level that so many samples have an interval for.
  public var highestLevel: Double { Double(count) / Double(count + 1) }

  /// True where every number is sound and belongs to a committee of this shape.
  package func fit(members: Int, outputs: Int) -> Bool {
    count >= 1
      && groups.allSatisfy { group in
        !group.members.isEmpty && group.members.allSatisfy((0..<members).contains)
          && zip(group.members, group.members.dropFirst()).allSatisfy(<)
          && group.residuals.columns == outputs
          && group.residuals.values.allSatisfy { $0.isFinite && $0 >= 0 }
      }
  }
}

extension LeftOutResiduals: Codable {
  private enum CodingKeys: String, CodingKey { case groups }
}
