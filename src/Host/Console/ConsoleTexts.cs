using System.Collections.Frozen;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Console;

/// <summary>The words of the console and of the task inbox in Chinese and English, from the resources beside this file; both languages have every text.</summary>
internal static class ConsoleTexts
{
    public static FrozenDictionary<string, string> In(string language) => TextFile.Of(typeof(ConsoleTexts).Assembly, language, "Relief.Flow.Host.Console.Texts.console");
}
