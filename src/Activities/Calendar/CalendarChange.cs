namespace Relief.Flow.Activities.Calendar;

/// <summary>A county's day that is worked or not against the national calendar.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="Day">The day.</param>
/// <param name="Working">Whether it is worked.</param>
/// <param name="Reason">The document.</param>
public sealed record CalendarChange(string CountyCode, DateOnly Day, bool Working, string Reason);
