(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  var COLOURS = ["#8c8c8c", "#0958d9"], LEVELS = ["#0958d9", "#13a8a8", "#d48806", "#722ed1", "#8c8c8c"];
  var WORDS = data.words, SIDES = [WORDS.now, WORDS.then];

  function draw(id, option) {
    var place = document.getElementById(id);
    if (!place) { return; }
    // Pages that let no inline style through ask for a canvas, whose tooltip is drawn too.
    var canvas = place.dataset.renderer === "canvas";
    var chart = echarts.init(place, null, { renderer: canvas ? "canvas" : "svg" });
    chart.setOption(Object.assign({
      animation: false, color: COLOURS, textStyle: { fontFamily: FONT, fontSize: 13 }, legend: { top: 0 },
      tooltip: { trigger: "axis", confine: true, renderMode: canvas ? "richText" : "html" },
      grid: { left: 8, right: 24, top: 48, bottom: 24, containLabel: true }
    }, option));
    window.addEventListener("resize", function () { chart.resize(); });
  }
  function bySide(values, more) {
    return SIDES.map(function (name, place) { return Object.assign({ name: name, data: values[place] }, more); });
  }

  var bars = document.getElementById("chart-coverage");
  var room = Math.min(84, bars ? (bars.clientWidth - 64) / data.coverage.names.length - 4 : 84);
  draw("chart-coverage", {
    xAxis: { type: "category", data: data.coverage.names, axisLabel: { interval: 0, width: room, overflow: "break" } },
    yAxis: { type: "value", name: WORDS.persons }, series: bySide(data.coverage.sides, { type: "bar" })
  });
  draw("chart-cost", {
    color: LEVELS, xAxis: { type: "value", name: WORDS.money }, yAxis: { type: "category", data: SIDES, inverse: true },
    grid: { left: 8, right: 48, top: 48, bottom: 24, containLabel: true },
    series: data.cost.map(function (level) {
      return { name: level.name, type: "bar", stack: "all", barMaxWidth: 56, data: level.sides };
    })
  });
  draw("chart-bands", {
    xAxis: { type: "category", data: data.bands.names, name: WORDS.income, nameLocation: "middle", nameGap: 28 },
    yAxis: { type: "value", name: WORDS.aid, nameTextStyle: { align: "left" } },
    grid: { left: 8, right: 24, top: 48, bottom: 40, containLabel: true },
    series: bySide(data.bands.sides, { type: "line", step: "end", showSymbol: false })
  });
})();
