namespace Relief.Flow.Activities.Settlement;

/// <summary>What a settlement line pays for; only the special kinds go without a record (INV-05).</summary>
public enum LineKind
{
    Record,
    LateLine,
    BedDays,
    Insurance,
    CallOut,
    CashMeasure,
    Correction
}
