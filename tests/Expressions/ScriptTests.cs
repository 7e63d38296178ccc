using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Tests.Expressions;

public sealed class ScriptTests
{
    private const string Household = """{ "household": { "members": 3, "names": ["王", "李"] }, "amount": 12.5, "flag": true, "empty": null, "one": [3] }""";

    [Theory]
    [InlineData("""getVariable("amount")""", "12.5")]
    [InlineData("variables.amount", "12.5")]
    [InlineData("variables.amount * 2", "25")]
    [InlineData("variables.nothing", "undefined")]
    [InlineData("variables.nothing === undefined", "true")]
    [InlineData("getAmount() + 1", "13.5")]
    [InlineData("getHousehold().members >= 3 && variables.flag", "true")]
    [InlineData("variables.household.names.length", "2")]
    [InlineData("variables.one.length", "1")]
    [InlineData("variables.one", "[3]")]
    [InlineData("variables.household", """{ "members": 3, "names": ["王", "李"] }""")]
    [InlineData("({ a: variables.household.names, b: undefined, c: null })", """{"a":["王","李"],"c":null}""")]
    [InlineData("getInput('Days') + 1", "4")]
    [InlineData("inputs.Days", "3")]
    [InlineData("getOutputFrom('survey', 'answers')", "\"survey.answers\"")]
    [InlineData("getLastResult()", "7")]
    [InlineData("getCorrelationId() + '/' + getWorkflowInstanceId() + '/' + getWorkflowDefinitionId()", "\"家庭-1/i1/forms\"")]
    [InlineData("isNullOrWhiteSpace('  ') && isNullOrWhiteSpace(variables.empty)", "true")]
    [InlineData("JSON.stringify({ a: [1, '家'] })", """
        "{\"a\":[1,\"家\"]}"
        """)]
    [InlineData("JSON.parse('{\"a\":[1]}').a[0]", "1")]
    [InlineData("toJson(variables.household.names)", """
        "[\"王\",\"李\"]"
        """)]
    [InlineData("if (variables.flag) { return 'yes'; } return 'no';", "\"yes\"")]
    [InlineData("let total = 0; for (var i = 0; i < 10; i++) { total += i; } total", "45")]
    [InlineData("[3, 1, 2].sort().map(function (x) { return x * 2; }).filter(function (x) { return x > 2; }).join('-')", "\"4-6\"")]
    [InlineData("'a-b-c'.replace(/-/g, '+') + 'x1y'.replace(/(\\d)/, '<$1>') + 'ab'.replace(/./g, function (c) { return c.toUpperCase(); })", "\"a+b+cx<1>yAB\"")]
    [InlineData("'2026-11'.match('(\\\\d+)')[1] + /^\\d+$/.test('12') + 'abc'.search('c')", "\"2026true2\"")]
    [InlineData("new Date().toISOString() + Date.now()", "\"2026-11-22T00:00:00.000Z1795305600000\"")]
    [InlineData("new Date().getHours()", "8")]
    [InlineData("new Date(0)", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1 / 0", "null")]
    [InlineData("var o = { get v() { return 5; } }; o.v", "5")]
    [InlineData("try { null.x } catch (e) { 'caught' }", "\"caught\"")]
    [InlineData("switch (getInput('Days')) { case 3: 'three'; break; default: 'other'; }", "\"three\"")]
    public void Scripts_see_the_instance_and_nothing_else(string script, string expected)
    {
        Assert.Equal(Plain(expected), Plain(Scope.Script(script, Household, """{ "Days": 3 }""")));
    }

    // The same value however its characters are escaped.
    private static string Plain(string json) =>
        json == "undefined" ? json : System.Text.RegularExpressions.Regex.Unescape(JsonSerializer.Serialize(JsonElement.Parse(json)));

    [Fact]
    public void A_script_whose_thread_stood_still_for_longer_than_its_limit_goes_on()
    {
        using var never = new ManualResetEventSlim();
        var stalled = Scope.Of() with
        {
            VariableByName = _ =>
            {
                // As when the machine is overloaded or asleep: time passes, and the thread does nothing.
                never.Wait(new ExpressionLimits().Timeout * 1.5);
                return JsonElement.Parse("1");
            }
        };

        var result = new ExpressionEvaluator().Evaluate(
            new Expression(Expression.JavaScript, JsonElement.Parse("\"var sum = getVariable('a'); for (var i = 0; i < 9; i++) { sum += i; } sum\"")), stalled);

        Assert.Equal(("37", null), (result.Value.GetRawText(), result.Error));
    }

    [Theory]
    [InlineData("while (true) {}", "stopped")]
    [InlineData("for (;;);", "stopped")]
    [InlineData("function f() { return f(); } f()", "stopped")]
    [InlineData("function f() { [1].forEach(f); } f()", "stopped")]
    [InlineData("function f() { return 'x'.replace(/x/, f); } f()", "stopped")]
    [InlineData("var o = { toString: function () { return '' + o; } }; '' + o", "stopped")]
    [InlineData("var a = []; while (true) a.push(new Array(1000));", "stopped")]
    [InlineData("var a = []; while (true) { a[a.length] = { x: [1, 2, 3] }; }", "stopped")]
    [InlineData("var s = 'x'; while (true) s += s;", "stopped")]
    [InlineData("var s = 'x'; while (true) { s = s.concat(s, s, s); }", "stopped")]
    [InlineData("new Array(1e9).join('abc')", "stopped")]
    [InlineData("new Array(4294967295).sort()", "stopped")]
    [InlineData("var a = []; a.length = 4e9; a.map(function () { return 1; })", "stopped")]
    [InlineData("Array.prototype.join.call({ length: 1e9 })", "stopped")]
    [InlineData("Math.max.apply(null, { length: 1e9 })", "stopped")]
    [InlineData("Array.prototype.slice.call({ get length() { return 3; } })", "stopped")]
    [InlineData("/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')", "regular expression")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.match('^(a+)+$')", "regular expression")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.replace(['^(a+)+$'].map(function (p) { return RegExp(p); })[0], '')", "regular expression")]
    [InlineData("var s = new Array(50000).join('x'); s.replace(/x/g, s)", "stopped")]
    [InlineData("var s = new Array(50000).join('x'); s.replace(/x/g, function () { return s; })", "stopped")]
    [InlineData("var a = []; a[0] = a; '' + a", "stopped")]
    [InlineData("var a = []; a[0] = a; a", "stopped")]
    [InlineData("var a = []; a[0] = a; JSON.stringify(a)", "stopped")]
    [InlineData("var a = []; for (var i = 0; i < 5000; i++) a = [a]; String(a)", "stopped")]
    [InlineData("function F() {} var o = {}; for (var i = 0; i < 30000; i++) { F.prototype = o; o = new F(); } o.x", "stopped")]
    [InlineData("var f = function () {}; for (var i = 0; i < 30000; i++) { f = f.bind(null); } f()", "failed")]
    [InlineData("eval('1')", "failed")]
    [InlineData("new Function('return 1')()", "failed")]
    [InlineData("(function () {}).constructor('return 1')()", "failed")]
    [InlineData("Math.random()", "stopped")]
    [InlineData("variables.amount = 3", "SetVariable")]
    [InlineData("this['setVariable']('amount', 3)", "SetVariable")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')", "failed")]
    [InlineData("importNamespace('System')", "failed")]
    [InlineData("throw new Error('没有钱')", "没有钱")]
    [InlineData("null.x", "failed at 1:")]
    [InlineData("JSON.parse('{')", "failed")]
    public void An_attack_or_a_mistake_is_an_error_and_nothing_more(string script, string told)
    {
        var result = Scope.Evaluate(Expression.JavaScript, script, Household);

        Assert.True(result.Failed, result.Value.ToString());
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_leaves_nothing_behind_for_the_next()
    {
        Scope.Script("x = 5; String.prototype.trim = function () { return 'bad'; }; Object.prototype.y = 1; 1");

        Assert.Equal("""["undefined","undefined","a"]""", Scope.Script("[typeof x, typeof ({}).y, ' a '.trim()]"));
    }

    [Theory]
    [InlineData("variables.x.map(x => x + 1)", "1:19: arrow functions")]
    [InlineData("1 +\n  `a`", "2:3: template literals")]
    [InlineData("return\n  x => 1", "2:5: arrow functions")]
    [InlineData("return x => 1", "1:10: arrow functions")]
    [InlineData("f(...a)", "1:3: spread")]
    [InlineData("class A {}", "1:1: classes")]
    [InlineData("a?.b", "1:3: optional chaining")]
    [InlineData("a ?? b", "1:4: the operator ??")]
    [InlineData("with (variables) { x }", "1:1: a WithStatement is not allowed")]
    [InlineData("if (", "1:5: Unexpected end of input")]
    [InlineData("setVariable('x', 1)", "1:1: a script cannot set a variable")]
    public void A_script_that_cannot_run_is_refused_with_its_position(string script, string fault)
    {
        Assert.StartsWith(fault, Scope.Inspect(Expression.JavaScript, script).Fault, StringComparison.Ordinal);
        Assert.True(Scope.Evaluate(Expression.JavaScript, script).Failed);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('!')]
    [InlineData('[')]
    public void A_script_that_nests_for_ever_is_refused(char open) =>
        Assert.NotNull(Scope.Inspect(Expression.JavaScript, new string(open, 30_000)).Fault);

    [Fact]
    public void A_long_sum_is_refused_rather_than_risking_the_stack() =>
        Assert.Contains("nested deeper", Scope.Inspect(Expression.JavaScript, string.Join('+', Enumerable.Repeat("1", 10_000))).Fault!, StringComparison.Ordinal);

    [Fact]
    public void The_variables_that_a_script_reads_are_known() =>
        Assert.Equal(["a", "b"], Scope.Inspect(Expression.JavaScript, "getVariable('a') + variables.b + getInput('c')").VariableNames.AsEnumerable());

    [Fact]
    public void Many_threads_may_evaluate_one_script()
    {
        var values = new string[200];
        Parallel.For(0, values.Length, index => values[index] = Scope.Script("var n = variables.n; [n, 'x'].concat([n]).join(':')", $$"""{ "n": {{index}} }"""));

        Assert.Equal(Enumerable.Range(0, 200).Select(index => $"\"{index}:x:{index}\""), values);
    }
}
