/// What the page does.
enum PageScript {
  /// Sorting of tables by their headings, and the replay of growth.
  static let text = "\"use strict\";\n" + sorting + "\n" + replay + "\n"

  /// Sorts a table by the column whose heading is pressed: numbers by value, what has none last; texts by the alphabet.
  private static let sorting = #"""
    for (const table of document.querySelectorAll("table.sortable")) {
      const headings = [...table.tHead.rows[0].cells];
      const rows = [...table.tBodies[0].rows];
      const key = (row, column) => {
        const cell = row.cells[column];
        if (headings[column].classList.contains("number")) return parseFloat(cell.dataset.value);
        return cell.textContent;
      };
      const compare = (a, b) => {
        if (typeof a === "string") return a.localeCompare(b, "en", { numeric: true });
        if (isNaN(a) || isNaN(b)) return 0;
        return a - b;
      };
      headings.forEach((heading, column) => heading.querySelector("button").addEventListener("click", () => {
        const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of headings) other.setAttribute("aria-sort", "none");
        heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        const lacks = row => { const value = key(row, column); return typeof value === "number" && isNaN(value); };
        const sorted = rows.filter(row => !lacks(row))
          .sort((a, b) => direction * compare(key(a, column), key(b, column)));
        table.tBodies[0].append(...sorted, ...rows.filter(lacks));
      }));
    }
    """#

  /// Shows a stage of a replay: the units it had, what it answered, its figures.
  private static let replay = #"""
    (() => {
      const element = id => document.getElementById("replay-" + id);
      const source = document.getElementById("replays");
      if (!source) return;
      const replays = JSON.parse(source.textContent);
      const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
      const gridSize = 64;
      const canvas = element("picture"), pen = canvas.getContext("2d");
      const [left, right, top, bottom] = [92, 940, 20, 648];
      let run = 0, timer = null;

      const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const series = index => colour("--series-" + index % 7);
      const channels = text => text.startsWith("#")
        ? [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16)) : text.match(/\d+/g).map(Number);
      const mixed = (a, b, share) => channels(a).map((value, i) => Math.round(value + share * (channels(b)[i] - value)));
      const css = rgb => "rgb(" + rgb.join(",") + ")";
      const share = (axis, value) => Math.min(1, Math.max(0, (value - axis.lower) / (axis.upper - axis.lower)));
      const xOf = (scene, value) => left + share(scene.horizontal, value) * (right - left);
      const yOf = (scene, value) => bottom - share(scene.vertical, value) * (bottom - top);
      const shown = value => Number(value.toPrecision(3)).toString();

      /// From the colour of low answers over the ground to that of high ones.
      const ramp = value => value < 0.5
        ? mixed(colour("--series-1"), colour("--figure-paper"), 2 * value)
        : mixed(colour("--figure-paper"), colour("--series-0"), 2 * value - 1);

      function drawAxes(scene) {
        pen.strokeStyle = colour("--figure-axis");
        pen.fillStyle = colour("--figure-axis");
        pen.lineWidth = 2;
        pen.font = "26px system-ui, sans-serif";
        pen.beginPath();
        pen.moveTo(left, top); pen.lineTo(left, bottom); pen.lineTo(right, bottom);
        pen.stroke();
        pen.textBaseline = "top";
        const isClasses = scene.kind === "agreement" && scene.classes.length > 0;
        if (isClasses && scene.classes.length <= 8) {
          pen.textAlign = "center";
          scene.classes.forEach((name, index) => pen.fillText(name.slice(0, 12), xOf(scene, index), bottom + 10));
        } else if (!isClasses) {
          pen.textAlign = "left"; pen.fillText(shown(scene.horizontal.lower), left, bottom + 10);
          pen.textAlign = "right"; pen.fillText(shown(scene.horizontal.upper), right, bottom + 10);
        }
        pen.textAlign = "center";
        pen.fillText(scene.horizontal.name, (left + right) / 2, bottom + 40);
        pen.textAlign = "right";
        pen.fillText(shown(scene.vertical.upper), left - 10, top);
        pen.textBaseline = "bottom";
        pen.fillText(shown(scene.vertical.lower), left - 10, bottom);
        pen.save();
        pen.translate(left - 44, (top + bottom) / 2);
        pen.rotate(-Math.PI / 2);
        pen.textAlign = "center";
        pen.fillText(scene.vertical.name, 0, 0);
        pen.restore();
      }

      /// Cell by cell on a canvas of their number, which is then stretched and so smoothed; classes keep their borders.
      function drawPlane(scene, levels) {
        const isClasses = scene.classes.length > 2, paper = colour("--figure-paper");
        const ground = document.createElement("canvas");
        ground.width = ground.height = gridSize;
        const image = ground.getContext("2d").createImageData(gridSize, gridSize);
        const shades = [...alphabet].map((_, level) => isClasses
          ? mixed(paper, series(level), 0.4) : mixed(paper, css(ramp(level / 63)), 0.6));
        for (let cell = 0; cell < levels.length; cell++) {
          const row = gridSize - 1 - Math.floor(cell / gridSize);
          image.data.set([...shades[alphabet.indexOf(levels[cell])], 255], 4 * (row * gridSize + cell % gridSize));
        }
        ground.getContext("2d").putImageData(image, 0, 0);
        pen.imageSmoothingEnabled = !isClasses;
        pen.drawImage(ground, left, top, right - left, bottom - top);
      }

      /// Of two classes the second has the colour of high answers.
      const classColour = (scene, index) => series(scene.classes.length === 2 ? 1 - index : index);

      function drawDot(x, y, fill, isOpen) {
        pen.beginPath();
        pen.arc(x, y, 6.5, 0, 2 * Math.PI);
        pen.fillStyle = isOpen ? colour("--figure-paper") : fill;
        pen.fill();
        pen.strokeStyle = isOpen ? fill : colour("--figure-paper");
        pen.lineWidth = isOpen ? 3 : 1.5;
        pen.stroke();
      }

      function drawPoints(scene, picture) {
        scene.points.forEach((point, index) => {
          const isClasses = scene.classes.length > 0;
          if (scene.kind === "plane") {
            const fill = isClasses
              ? classColour(scene, point.value)
              : css(ramp(share(scene.answer, point.value)));
            drawDot(xOf(scene, point.x), yOf(scene, point.y), fill, false);
          } else if (scene.kind === "curve") {
            const y = isClasses ? point.value : point.y;
            drawDot(xOf(scene, point.x), yOf(scene, y), colour("--figure-faint"), point.isTest);
          } else if (picture) {
            // Points of one class stand side by side, in the order of the rows.
            const spread = isClasses ? ((index * 0.618034) % 1 - 0.5) * 0.7 : 0;
            drawDot(xOf(scene, point.x + spread), yOf(scene, picture[index]), series(point.isTest ? 1 : 0), point.isTest);
          }
        });
      }

      function drawLine(places, name, width, dashes) {
        pen.setLineDash(dashes);
        pen.strokeStyle = colour(name);
        pen.lineWidth = width;
        pen.beginPath();
        places.forEach(([x, y], index) => index ? pen.lineTo(x, y) : pen.moveTo(x, y));
        pen.stroke();
        pen.setLineDash([]);
      }

      function draw(scene, picture) {
        pen.fillStyle = colour("--figure-paper");
        pen.fillRect(0, 0, canvas.width, canvas.height);
        if (scene.kind === "plane" && picture) drawPlane(scene, picture);
        if (scene.kind === "agreement" && !scene.classes.length) {
          const ends = [scene.horizontal.lower, scene.horizontal.upper];
          drawLine(ends.map(value => [xOf(scene, value), yOf(scene, value)]), "--figure-faint", 2, [8, 6]);
        }
        drawPoints(scene, picture);
        if (scene.kind === "curve" && picture) {
          const step = (right - left) / (picture.length - 1);
          drawLine(picture.map((value, index) => [left + index * step, yOf(scene, value)]), "--series-0", 4, []);
        }
        drawAxes(scene);
      }

      const legends = {
        curve: "Line: the network's answer; points: rows learned from.",
        plane: "Ground: the network's answer; points: rows learned from.",
        agreement: "Filled: rows learned from; open: test rows."
      };

      function showLegend(scene, hasPicture) {
        const legend = element("legend");
        legend.textContent = hasPicture ? legends[scene.kind] : "The answers of this round were not kept.";
        if (scene.kind !== "plane" || scene.classes.length > 8) return;
        scene.classes.forEach((name, index) => {
          const dot = document.createElement("span");
          dot.textContent = " \u25cf ";
          dot.style.color = classColour(scene, index);
          legend.append(dot, name);
        });
      }

      function show() {
        const replay = replays[run], index = Number(element("stage").value), stage = replay.stages[index];
        const before = index > 0 ? replay.stages[index - 1].units : 0;
        for (const box of document.querySelectorAll(".network")) {
          const isShown = Number(box.dataset.run) === run;
          box.classList.toggle("shown", isShown);
          if (!isShown) continue;
          for (const group of box.querySelectorAll("g[data-unit]")) {
            const unit = Number(group.dataset.unit);
            group.classList.toggle("later", unit > stage.units);
            group.classList.toggle("earlier", !stage.isFinished && unit <= before && before < stage.units);
          }
        }
        draw(replay.scene, stage.picture);
        const isLast = index === replay.stages.length - 1;
        const round = index === 0 ? "before the first unit" : stage.isFinished ? "finished" : "round " + index;
        element("round").textContent = round;
        element("stage").setAttribute("aria-valuetext", round);
        const added = replay.units.slice(before, stage.units).map((unit, place) =>
          "unit " + (before + place + 1) + ": " + unit.activation + ", " + unit.connections + " connections, "
          + unit.pruned + " pruned");
        const percent = value => (100 * value).toFixed(1) + " %";
        const isClasses = replay.scene.classes.length > 0;
        const error = value => isClasses ? percent(value) : shown(value) + " sd";
        const told = replay.stages.slice(0, index + 1).filter(other => other.coverage !== undefined).pop();
        element("coverage").style.width = told ? 100 * told.coverage + "%" : "0";
        element("covered").textContent = "Training rows represented"
          + (told === stage ? ": " : " after the last round: ") + (told ? percent(told.coverage) : "not noted");
        const figures = [stage.units + (stage.units === 1 ? " unit" : " units"), "training error " + error(stage.trainError)];
        if (stage.heldOutError !== undefined) figures.push("held out " + error(stage.heldOutError));
        if (stage.testError !== undefined) figures.push("test " + error(stage.testError));
        element("figures").textContent = figures.concat(isLast && !added.length ? [] : added).join(" · ");
        showLegend(replay.scene, stage.picture !== undefined);
        canvas.setAttribute("aria-label", "What the network answers, " + round + ": " + replay.scene.vertical.name
          + " over " + replay.scene.horizontal.name);
      }

      function stop() {
        clearInterval(timer);
        timer = null;
        element("play").textContent = "Play";
      }

      function choose(index) {
        stop();
        run = index;
        const slider = element("stage");
        slider.max = replays[run].stages.length - 1;
        slider.value = slider.max;
        show();
      }

      element("run").addEventListener("change", event => choose(Number(event.target.value)));
      element("stage").addEventListener("input", () => { stop(); show(); });
      element("play").addEventListener("click", () => {
        if (timer) { stop(); return; }
        const slider = element("stage");
        if (slider.value === slider.max) slider.value = 0;
        element("play").textContent = "Pause";
        show();
        timer = setInterval(() => {
          slider.value = Number(slider.value) + 1;
          show();
          if (slider.value === slider.max) stop();
        }, 800);
      });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
      choose(Number(element("run").value) || 0);
    })();
    """#
}
