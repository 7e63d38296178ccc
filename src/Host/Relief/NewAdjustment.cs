using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What a city wants to do about service items by one document.</summary>
/// <param name="Kind">Add, Change or Drop.</param>
/// <param name="Counties">Where an item is added; left out for all counties of the city.</param>
/// <param name="ItemCodes">The items that are changed or dropped.</param>
/// <param name="Item">The item that is added, or that stands in the place of the changed ones.</param>
/// <param name="Document">The document's number.</param>
public sealed record NewAdjustment(AdjustmentKind? Kind, IReadOnlyList<string>? Counties, IReadOnlyList<string>? ItemCodes, AdjustedItem? Item, string? Document)
{
    /// <summary>How many items one document may change or drop.</summary>
    internal const int MostItems = 200;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal ProblemHttpResult? Faults(IReadOnlyList<string> counties, IReadOnlyDictionary<string, CatalogueItem> items)
    {
        var adds = Kind == AdjustmentKind.Add;
        var fields = new Fields()
            .Check("kind", Kind is not null, "One of Add, Change, Drop.")
            .Check("document", Document?.Trim() is { Length: > 0 and <= 200 }, "The document's number, 1 to 200 characters.")
            .Check("counties", adds ? (Counties ?? counties) is { Count: > 0 } at && at.All(counties.Contains) : Counties is null, "Counties of the city; where something is changed or dropped the items say where.")
            .Check("itemCodes", adds ? ItemCodes is null : ItemCodes is { Count: > 0 and <= MostItems } codes && codes.Distinct().Count() == codes.Count && codes.All(code => items.TryGetValue(code, out var item) && counties.Contains(item.CountyCode)),
                $"Listed items of the city's counties, each once and at most {MostItems}; none where one is added.")
            .Check("item", Kind == AdjustmentKind.Drop == Item is null, "The item that is added, or that stands in the place of the changed ones; none where one is dropped.");
        if (Item is { } item)
        {
            fields.Check("item.name", item.Name?.Trim() is { Length: > 0 and <= 100 }, "The name, 1 to 100 characters.")
                .Check("item.family", item.Family?.Trim() is { Length: > 0 and <= 50 }, "The family of needs, 1 to 50 characters.")
                .Check("item.maxMinutes", item is { MinMinutes: >= 1 } && item.MaxMinutes >= item.MinMinutes && item.MaxMinutes <= 1440, "From minMinutes, which is 1 at least, to 1440.")
                .Check("item.code", !adds || (item.Code is { Length: > 0 and <= 40 } code && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')), "Letters, digits and hyphens, at most 40; the county's code comes before it.");
        }

        return fields.Refused;
    }

    /// <summary>It county by county, with the items that are proposed.</summary>
    internal IReadOnlyList<(ItemAdjustment Adjustment, CatalogueItem? Item)> ToAsked((string Code, IReadOnlyList<string> Counties) city, IReadOnlyDictionary<string, CatalogueItem> items, Deed deed)
    {
        ItemAdjustment Of(string county, string item, string? successor) => new()
        {
            Id = deed.NewId(), CountyCode = county, CreatedAt = deed.At, CreatedBy = deed.By, CityCode = city.Code, AskedId = deed.Key, Kind = Kind!.Value, ItemCode = item, SuccessorCode = successor,
            Document = Document!.Trim(), Status = AdjustmentStatus.Asked
        };

        return Kind switch
        {
            AdjustmentKind.Add => [.. (Counties ?? city.Counties).Select(county => (Of(county, $"{county}-{Item!.Code}", null), (CatalogueItem?)Item.ToItem($"{county}-{Item.Code}", county, Document!)))],
            AdjustmentKind.Change => [.. items.Values.Select(old => (old, $"{old.Code}.{deed.Key[..8]}")).Select(one =>
                (Of(one.old.CountyCode, one.old.Code, one.Item2), (CatalogueItem?)(Item!.ToItem(one.Item2, one.old.CountyCode, Document!) with { Replaces = one.old.Code })))],
            _ => [.. items.Values.Select(old => (Of(old.CountyCode, old.Code, null), (CatalogueItem?)null))]
        };
    }
}

/// <summary>A service item as the city wants it.</summary>
/// <param name="Code">Of one that is added.</param>
/// <param name="Family">The family of needs it answers.</param>
/// <param name="Pathways">The pathways that may deliver it, M1 to M7; left out for any.</param>
/// <param name="Class">What its services count as.</param>
/// <param name="Project">The project of the 335 method that it belongs to.</param>
public sealed record AdjustedItem(
    string? Code, string? Name, string? Family, ItemUnit Unit, IReadOnlyList<string>? Pathways, int MinMinutes, int MaxMinutes, string? TrainingCode, bool TwoWorkers, ServiceClass Class, ServiceProject? Project)
{
    internal CatalogueItem ToItem(string code, string county, string document) => new()
    {
        Code = code, CountyCode = county, Name = Name!.Trim(), Family = Family!.Trim(), Unit = Unit, Pathways = [.. Pathways ?? []], MinMinutes = MinMinutes, MaxMinutes = MaxMinutes, TrainingCode = TrainingCode,
        TwoWorkers = TwoWorkers, Class = Class, Project = Project, Document = document.Trim(), Status = CatalogueStatus.Proposed, ProposedBy = ""
    };
}
