using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Host.Relief;

/// <summary>What a list of cases may be restricted to.</summary>
internal sealed class CaseListing
{
    [FromQuery(Name = "personId")] public string? PersonId { get; init; }

    [FromQuery(Name = "number")] public string? Number { get; init; }

    [FromQuery(Name = "applicationId")] public string? ApplicationId { get; init; }

    /// <summary>An area with all below it.</summary>
    [FromQuery(Name = "area")] public string? Area { get; init; }

    [FromQuery(Name = "status")] public CaseStatus? Status { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }

    public CaseFilter ToFilter(int take) => new(PersonId, Number, ApplicationId, Area, Status, After, take);
}
