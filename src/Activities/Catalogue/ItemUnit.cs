namespace Relief.Flow.Activities.Catalogue;

/// <summary>What one unit of a service item is.</summary>
public enum ItemUnit
{
    Hour,
    Visit,
    Meal,
    Day,
    Session,
    Package,
    BedDay,
    Insurance
}
