using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Channels;

/// <summary>A clerk takes an application in at the township's window and prints the receipt and the one-time notice of missing papers (S01).</summary>
public sealed class WindowPageTests : IAsyncLifetime
{
    private static readonly (string Name, string Value)[] Filled =
    [
        ("number", "form-1"), ("name", Applicant.Chen.Name), ("idNumber", Applicant.Chen.IdNumber), ("sex", "M"), ("birthDate", "1970-03-03"), ("areaCode", "99990102"), ("category", "Margin"), ("item", "cleaning"),
        ("wording", "需要清洁"), ("paper", "application-form"), ("consent", "yes")
    ];

    private ReliefDesk desk = null!;

    [Fact]
    public async Task An_application_is_taken_in_once_and_its_slips_are_printed()
    {
        using var client = desk.Host.With(TestHost.AdminKey, "clerk-1");
        var clerk = new PageVisit(client);
        var form = await clerk.Open("/window");
        Assert.Contains("二村", form, StringComparison.Ordinal);
        Assert.DoesNotContain("99990201", form, StringComparison.Ordinal);   // another township's village is not this clerk's

        var (status, page) = await clerk.Send(form, "/window", [.. Filled.Where(field => field.Name is not ("consent" or "wording"))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("未经同意不得受理", page, StringComparison.Ordinal);
        Assert.Contains(Applicant.Chen.IdNumber, page, StringComparison.Ordinal);   // what was typed is not typed again
        (status, page) = await clerk.Send(page, "/window", [.. Filled.Where(field => field.Name != "areaCode"), ("areaCode", "99990201")]);
        Assert.Contains("选择您辖区内的村(居)", page, StringComparison.Ordinal);

        (status, page) = await clerk.Send(page, "/window", Filled);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("社会救助申请受理回执", page, StringComparison.Ordinal);
        Assert.Contains("SQ999900-2026-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("一次性补正告知书", page, StringComparison.Ordinal);
        await clerk.Send(form, "/window", Filled);
        await desk.Settles();
        Assert.Single(await desk.List("instances?definitionId=case.lifecycle"));

        await desk.Decides("clerk-2", "completeness", "Incomplete", new { missing = new[] { "medical-certificate" } });
        var application = (await desk.List("instances?definitionId=case.lifecycle"))[0].Text("id")!.Replace("-", "", StringComparison.Ordinal);
        page = await clerk.Open("/window/" + application);
        Assert.Contains("一次性补正告知书", page, StringComparison.Ordinal);
        Assert.Contains("诊断证明", page, StringComparison.Ordinal);
        Assert.Contains("2026-03-16", page, StringComparison.Ordinal);
        await clerk.Open("/window/nothing", HttpStatusCode.NotFound);

        using var other = desk.Host.With(TestHost.AdminKey, "clerk-b");
        await new PageVisit(other).Open("/window/" + application, HttpStatusCode.NotFound);
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.OnSqlite();
        await desk.Until(On(3, 2));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();
}
