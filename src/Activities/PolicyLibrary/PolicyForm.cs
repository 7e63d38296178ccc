namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>A policy as it is proposed.</summary>
/// <param name="Code">What it is called in all its versions.</param>
/// <param name="Department">The organisation that grants it.</param>
/// <param name="Categories">Relief categories for which it is meant; none for everybody.</param>
/// <param name="AudioUrl">Where it is read out: an https address.</param>
/// <param name="VideoUrl">Where it is shown: an https address.</param>
/// <param name="Document">The document that it stands in.</param>
public sealed record PolicyForm(
    string? CountyCode, string? Code, PolicyClass? Class, string? Department, string? Title, string? TitleEn, string? Conditions, string? ConditionsEn, string? HowToApply, string? HowToApplyEn,
    IReadOnlyList<string>? Categories, string? AudioUrl, string? VideoUrl, string? Document, DateOnly? ValidFrom, DateOnly? ValidTo)
{
    /// <summary>It as the proposal of a version; it has been looked through.</summary>
    public PolicyEntry ToEntry(string id, int version, Deed deed) => new()
    {
        Id = id, CountyCode = CountyCode!, CreatedAt = deed.At, CreatedBy = deed.By, Code = Code!, Version = version, Class = Class!.Value, Department = Department!, Title = Title!, TitleEn = TitleEn,
        Conditions = Conditions!, ConditionsEn = ConditionsEn, HowToApply = HowToApply!, HowToApplyEn = HowToApplyEn, Categories = [.. Categories ?? []], AudioUrl = AudioUrl, VideoUrl = VideoUrl,
        Document = Document!, ValidFrom = ValidFrom!.Value, ValidTo = ValidTo, Status = PolicyStatus.Proposed
    };
}
