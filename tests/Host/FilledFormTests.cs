using System.Text.Json;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Host;

public sealed class FilledFormTests
{
    private static readonly FormField[] Form =
    [
        new("opinion", "意见", "string", ["Denied"]),
        new("amount", "金额", "number", ["Approved", "Denied"]),
        new("papers", "材料", "array", []),
        FormField.Of("needs", "需求", "array").Made(FormField.Of("id", "需求", "string"), FormField.Of("quantity", "数量", "number")),
        FormField.Of("scores", "评分", "object").Made(FormField.Of("life", "生活", "integer"))
    ];

    [Theory]
    [InlineData("Approved", """{ "amount": 5 }""", "")]
    [InlineData("Approved", """{ }""", "amount")]
    [InlineData("Denied", """{ "amount": 5, "opinion": " " }""", "opinion")]
    [InlineData("Denied", """{ "amount": null }""", "opinion,amount")]
    [InlineData("Approved", """{ "amount": "5", "papers": "one" }""", "amount,papers")]
    [InlineData("Other", """[]""", "")]
    [InlineData("Other", """{ "needs": [{ "id": "a", "quantity": 2, "more": true }, { "id": null }], "scores": { "life": 3 } }""", "")]
    [InlineData("Other", """{ "needs": [{ "id": "a", "quantity": "two" }, "b", { "id": 7 }], "scores": { "life": 2.5 } }""", "needs[0].quantity,needs[1],needs[2].id,scores.life")]
    [InlineData("Other", """{ "needs": { }, "scores": [] }""", "needs")]
    public void Every_field_that_is_missing_or_of_another_type_is_named(string outcome, string data, string faults) =>
        Assert.Equal(faults, string.Join(',', FilledForm.Faults(Form, outcome, JsonElement.Parse(data)).Select(fault => fault.Field)));
}
