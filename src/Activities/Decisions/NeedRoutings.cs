using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Keeps what a routing table proposed for needs and what was chosen: P05 step 3 asks, the reviewer chooses.</summary>
public sealed class NeedRoutings(ReliefDbContext context)
{
    /// <summary>Keeps what a table proposed for a need.</summary>
    public Task<NeedRouting> Propose(NeedItem need, (RoutingTable Table, RoutingProposal Said) asked, Deed deed, CancellationToken cancellationToken) => Keep(need, new NeedRouting
    {
        Id = deed.NewId(), CountyCode = need.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, CaseId = need.CaseId, NeedItemId = need.Id, Sequence = 0, TableVersion = asked.Table.Version,
        Otherwise = asked.Table.Otherwise, Proposed = [.. asked.Said.Pathways], Extras = [.. asked.Said.Extras], Trace = JsonSerializer.Serialize(asked.Said, JsonSerializerOptions.Web)
    }, "NeedRouted", deed, cancellationToken);

    /// <summary>Keeps what a person chose of it; a need that is not granted has chosen nothing.</summary>
    public Task<NeedRouting> Choose(NeedItem need, NeedRouting proposed, (string[] Pathways, string? Because) choice, Deed deed, CancellationToken cancellationToken) => Keep(need, proposed with
    {
        Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By, Chosen = choice.Pathways, Because = string.IsNullOrWhiteSpace(choice.Because) ? null : choice.Because.Trim(), IsChosen = true
    }, "RouteChosen", deed, cancellationToken);

    private async Task<NeedRouting> Keep(NeedItem need, NeedRouting row, string what, Deed deed, CancellationToken cancellationToken)
    {
        var last = await context.Set<NeedRouting>().Where(known => known.CaseId == need.CaseId && known.NeedItemId == need.Id).MaxAsync(known => (int?)known.Sequence, cancellationToken) ?? 0;
        var kept = row with { Sequence = last + 1 };
        await context.Insert(kept, cancellationToken);
        await context.Audit(AuditTrail.Case(need.CaseId),
            new AuditDetail(what, new { need.ItemCode, kept.TableVersion, rows = kept.ToProposal().Rows.Select(fired => fired.Code), kept.Proposed, kept.Extras, kept.Chosen, kept.Because }), deed, cancellationToken);
        return kept;
    }
}
