using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Runtime;

/// <summary>Templates are compiled when they are needed: here all of them are.</summary>
public sealed class NoticeTemplatesTests
{
    private static readonly NoticeTemplates Templates = new([typeof(ReliefDbContext).Assembly]);

    public static TheoryData<string> Names => [.. Templates.Names.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_something_also_when_nothing_is_known(string name)
    {
        var parts = name.Split('.');
        var notice = new Notice(string.Join('.', parts[..^2]), parts[^2], "sms", "person:x", JsonSerializer.SerializeToElement(new { }), parts[^1]);

        Assert.NotEqual($"{notice.Template} {notice.To}", Templates.Render(notice));
    }
}
