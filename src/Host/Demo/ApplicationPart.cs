using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Host.Demo;

/// <summary>From the application to the confirmed need (P01 to P05), decided eight days after the day on which it is taken further.</summary>
internal sealed class ApplicationPart(ApiCaller caller, Tale tale, Wish wish)
{
    private string caseId = "";
    private DateOnly begins;
    private Dictionary<string, DateOnly> due = [];

    /// <summary>The application is taken in; gives the case.</summary>
    public async Task<string> IsTaken(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(wish.Begins, 9), cancellationToken);
        var taken = await caller.Post("intake/applications", new
        {
            countyCode = "999900", channel = "wanshitong", applicantName = wish.Name, category = wish.Category, itemCodes = wish.Items.Keys,
            wording = wish.Asks.Chinese, papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
            person = new { idNumber = wish.IdNumber, name = wish.Name, sex = wish.Sex, birthDate = wish.BirthDate, areaCode = wish.Village },
            triage = new { aloneNow = wish.IsUrgent, canMove = !wish.IsUrgent, hasFoodAndMedicine = true, inDanger = false }
        }, null, cancellationToken);
        caseId = ApiCaller.Text(taken, "caseId");
        await tale.Says(caseId, wish.Asks.Chinese, $"{wish.Asks.English}: {ApiCaller.Text(taken, "applicationNumber")}", cancellationToken);
        await caller.Decide(new Decision("completeness", "clerk-1", "Complete"), cancellationToken);
        await tale.Says(caseId, "材料齐全,乡镇受理", "The papers are complete, the township accepts", cancellationToken);
        return caseId;
    }

    /// <summary>It is registered, surveyed and confirmed from today on; when each task on the way is due is noted by the task's kind.</summary>
    public async Task IsDecided(Dictionary<string, DateOnly> noted, CancellationToken cancellationToken)
    {
        (begins, due) = (ChinaTime.DayOf(await caller.Now(cancellationToken)), noted);
        await IsRegistered(cancellationToken);
        await IsSurveyed(cancellationToken);
        await IsConfirmed(cancellationToken);
    }

    private async Task IsRegistered(CancellationToken cancellationToken)
    {
        await caller.At(On(1, 9), cancellationToken);
        await caller.Decide(new Decision("classify", "clerk-2", "Classified"), cancellationToken);
        await Remember("survey-team", cancellationToken);
        await tale.Says(caseId, "登记并分类", "Registered and classified", cancellationToken);
        await caller.At(On(2, 9), cancellationToken);
        await caller.Decide(new Decision("survey-team", "clerk-1", "Assigned", new { team = new[] { wish.Worker, "surveyor-sun" }, mode = "Delegated", appointmentAt = On(4, 15) }), cancellationToken);
        await Remember("survey", cancellationToken);
        await tale.Says(caseId, "指派两名调查人员,预约入户时间", "Two surveyors are sent, the household has an appointment", cancellationToken);
    }

    private async Task IsSurveyed(CancellationToken cancellationToken)
    {
        await caller.At(On(4, 16), cancellationToken);
        var signatures = new[]
        {
            new { staffId = wish.Worker, signedAt = On(4, 15), device = "device-1" },
            new { staffId = "surveyor-sun", signedAt = On(4, 15).AddMinutes(2), device = "device-2" }
        };
        await caller.Decide(new Decision("survey", wish.Worker, "Submit",
            new { signatures, failedIndicators = new[] { "bathing", "walking" }, opinion = "Recommended", familySigner = "本人", photoCount = 2 }), cancellationToken);
        await Remember("approval", cancellationToken);
        await tale.Says(caseId, "两人入户调查:六项中两项不能自理", "Surveyed by two: two of six indicators fail", cancellationToken);
    }

    private async Task IsConfirmed(CancellationToken cancellationToken)
    {
        await caller.At(On(8, 10), cancellationToken);
        string[]? pathways = wish.Pathway is { } chosen ? [chosen] : null;
        var view = await caller.Get("cases/" + caseId, cancellationToken);
        var needs = view.GetProperty("needs").EnumerateArray()
            .Select(need => new { needItemId = ApiCaller.Text(need, "id"), quantity = wish.Items[ApiCaller.Text(need, "itemCode")], pathways }).ToArray();
        await caller.Decide(new Decision("approval", "reviewer-li", "Approved", new { needs }), cancellationToken);
        if (await caller.Open("approval", cancellationToken) is [_])
            await caller.Decide(new Decision("approval", "county-officer-1", "Approved", new { needs }), cancellationToken);
        await tale.Says(caseId, wish.Approved.Chinese, wish.Approved.English, cancellationToken);
    }

    private async Task Remember(string kind, CancellationToken cancellationToken) => due[kind] = ApiCaller.Day(await caller.OpenTask(kind, cancellationToken), "due");

    private DateTimeOffset On(int days, int hour) => ApiCaller.On(begins.AddDays(days), hour);
}
