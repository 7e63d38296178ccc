namespace Relief.Flow.Activities.SpotChecks;

/// <summary>A draw reckoned again: from seed and population to the picks, beside what was drawn then.</summary>
/// <param name="PlanId">The draw.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Ratio">The share to be reached.</param>
/// <param name="PopulationHash">The hash that was kept with the draw.</param>
/// <param name="Reckoned">The hash over the population as it stands here.</param>
/// <param name="Rule">How anybody reckons a lot.</param>
/// <param name="Strata">Each stratum with its members and the picks reckoned from them.</param>
/// <param name="Holds">True when hash, sizes and picks are all the same.</param>
public sealed record DrawProof(string PlanId, string Seed, decimal Ratio, string PopulationHash, string Reckoned, string Rule, IReadOnlyList<StratumProof> Strata, bool Holds)
{
    private const string How = "lot = sha256(seed + ':' + recordId) in lower-case hexadecimal; the n members with the lowest lots are drawn, the next ones are the reserve";

    internal static DrawProof Of(SpotCheckPlan plan, IReadOnlyList<SpotCheckStratum> strata, IReadOnlyList<SpotCheckItem> items)
    {
        StratumProof[] proofs = [.. strata.Select(stratum => StratumProof.Of(plan, stratum, [.. items.Where(item => item.StratumId == stratum.Id)]))];
        var hash = SampleDraw.HashOf(strata);
        var holds = hash == plan.PopulationHash && plan.Sample == proofs.Sum(proof => proof.Picks.Count) && proofs.All(proof => proof.Holds);
        return new DrawProof(plan.Id, plan.Seed, plan.Ratio, plan.PopulationHash, hash, How, proofs, holds);
    }
}

/// <summary>One stratum of a proof.</summary>
/// <param name="Members">The records out of whom was drawn, by id.</param>
/// <param name="Picks">The records that the seed gives, in the order of their lots.</param>
/// <param name="Drawn">The records that were drawn by chance then, in the order of their ranks.</param>
/// <param name="Holds">True when size and picks are the same, and every reserve was the next in its turn.</param>
public sealed record StratumProof(string TownshipCode, string SupplierId, string Mode, int Services, int Done, IReadOnlyList<string> Members, IReadOnlyList<string> Picks, IReadOnlyList<string> Drawn, bool Holds)
{
    internal static StratumProof Of(SpotCheckPlan plan, SpotCheckStratum stratum, IReadOnlyList<SpotCheckItem> items)
    {
        var ranked = SampleDraw.Ranked(plan.Seed, stratum.Members);
        var size = Math.Min(ranked.Count, SampleDraw.SizeOf(plan.Ratio, stratum.Services, stratum.Done));
        string[] picks = [.. ranked.Take(size)];
        string[] drawn = [.. items.Where(item => item.Origin == ItemOrigin.Random).OrderBy(item => item.Rank).Select(item => item.RecordId)];
        var holds = size == stratum.Sample && picks.SequenceEqual(drawn) && items.All(item => ranked[item.Rank - 1] == item.RecordId);
        return new StratumProof(stratum.TownshipCode, stratum.SupplierId, stratum.Mode, stratum.Services, stratum.Done, stratum.Members, picks, drawn, holds);
    }
}
