namespace Relief.Flow.Activities.Charities;

/// <summary>A list with the persons on it.</summary>
/// <param name="List">The list.</param>
/// <param name="Persons">In the order of nomination.</param>
public sealed record CharityListView(CharityList List, IReadOnlyList<ListedPerson> Persons);
